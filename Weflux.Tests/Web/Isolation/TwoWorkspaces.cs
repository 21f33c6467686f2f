using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;
using Weflux.Tests.Web.Media;
using Weflux.Web.Api.Events;
using Weflux.Web.Api.Keys;
using Weflux.Web.Billing;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Replies;
using Weflux.Web.Sending;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;
using Weflux.Web.Team.Settings;
using Weflux.Web.Webhooks;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;
using Weflux.Web.Work.Notes;

namespace Weflux.Tests.Web.Isolation;

/// <summary>A host with two businesses. The first has one of everything; the second's people and keys try to reach it.</summary>
public sealed class TwoWorkspaces : IAsyncLifetime
{
    /// <summary>Words that stand in the first workspace and nowhere else.</summary>
    public static readonly string[] Canaries = ["canary-text-91", "Canary Name", "919899990001", "wamid.canary", "canary-draft-17", "canary-invited@example.com"];

    public static readonly string[] Strangers = ["admin@demo-two.test", "manager@demo-two.test", "agent@demo-two.test"];

    /// <summary>Somebody whom only the first workspace has invited.</summary>
    public const string Invited = "canary-invited@example.com";

    /// <summary>An address that the first workspace once had.</summary>
    public const string FormerSlug = "chai-before";

    /// <summary>The clock of the first workspace.</summary>
    public const string TimeZone = "Asia/Kolkata";

    // Machinery that moves by itself, whoever calls.
    private static readonly string[] Restless = ["Lanes", "ConnectionCheckups", "SignatureCounts", "TemplateAccounts", "Templates"];

    public WefluxHost Host { get; private set; } = null!;

    public long Conversation { get; private set; }

    public long Contact { get; private set; }

    public long FailedMessage { get; private set; }

    public long Delivery { get; private set; }

    /// <summary>What the owner has planned for tomorrow.</summary>
    public long Scheduled { get; private set; }

    public Guid DraftId { get; } = Guid.CreateVersion7();

    public ApiKeyId Key { get; private set; }

    /// <summary>An Agent of the first workspace.</summary>
    public UserId Colleague { get; private set; }

    public long Invitation { get; private set; }

    public long Number { get; private set; }

    /// <summary>The draft that the note was.</summary>
    public Guid NoteDraft { get; } = Guid.CreateVersion7();

    /// <summary>A note of the owner's.</summary>
    public long Note { get; private set; }

    public long Label { get; private set; }

    /// <summary>A team of the first workspace.</summary>
    public long Team { get; private set; }

    public long SavedView { get; private set; }

    /// <summary>A webhook that is off, so that nothing moves by itself.</summary>
    public long Webhook { get; private set; }

    /// <summary>An event that failed.</summary>
    public long Event { get; private set; }

    /// <summary>A canned reply of everybody.</summary>
    public long Reply { get; private set; }

    /// <summary>Something that the owner was told of.</summary>
    public long Notice { get; private set; }

    /// <summary>A reason for closing.</summary>
    public long Reason { get; private set; }

    /// <summary>A template of the first workspace.</summary>
    public long Template { get; private set; }

    /// <summary>What the first workspace's Admin may download its export with.</summary>
    public string Ticket { get; private set; } = "";

    public Actor Owner { get; private set; } = null!;

    /// <summary>The file of the first message, whose name and bytes are canaries too.</summary>
    public long File { get; private set; }

    /// <summary>A file that the owner has put here and not sent.</summary>
    public long Upload { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync();
        using var client = Host.NewClient();
        var webhooks = new MetaWebhooks(client);
        await webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.canary", "919899990001", "canary-text-91", Host.Clock.GetUtcNow(), "Canary Name"));
        await Host.SettledAsync();
        var conversation = (await Host.ConversationsAsync()).Single();
        (Conversation, Contact) = (conversation.Id, conversation.ContactId);
        Owner = await Host.ActorAsync("admin@demo.test");
        await Host.Services.GetRequiredService<Weflux.Web.Contacts.TagContact>().ExecuteAsync(Owner, Contact, "canary-tag");
        await Host.Services.GetRequiredService<SendReply>().ExecuteAsync(Owner, Conversation, new TextContent("canary-text-91 answer"), DraftId);
        // The last that is heard of it: a status that came later would have it not failed.
        var sent = await Eventually.SeeAsync(Host.MessagesAsync, all => all.Any(m => m.Direction == MessageDirection.Out && m.Status == DeliveryStatus.Delivered));
        FailedMessage = sent.Single(m => m.Direction == MessageDirection.Out).Id;
        await Host.ReadAsync(db => db.Set<Message>().Where(m => m.Id == FailedMessage)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Status, DeliveryStatus.Failed)));
        await Host.ReadAsync(db => RoleWorld.TroubleAsync(db, Owner, FailedMessage, conversation));
        await Host.Services.GetRequiredService<Weflux.Web.Inbox.SaveDraft>().ExecuteAsync(Owner, Conversation, Guid.CreateVersion7(), "canary-draft-17");
        await webhooks.PostAsync("canary-text-91 that is no JSON"u8.ToArray());
        Delivery = (await Host.SettledAsync()).Single(d => d.State == WebhookDeliveryState.Parked).Id;
        Number = conversation.ConnectionId;
        await Host.ReadAsync(async db =>
        {
            db.Add(new Weflux.Web.Connections.ConnectionEvent { WorkspaceId = Owner.Workspace, ConnectionId = Number, At = Host.Clock.GetUtcNow(), Words = "canary-text-91" });
            return await db.SaveChangesAsync();
        });
        Template = await Host.TemplateAsync("visit_reminder", "en");
        Key = (await Host.IssueKeyAsync(["messages:read"])).Id;
        File = await Host.KeepFileAsync(Owner, FailedMessage, "canary-text-91.txt", "canary-text-91 in a file"u8.ToArray());
        Upload = await Host.UploadAsync(Owner, "canary-text-91.txt", "canary-text-91 in an upload"u8.ToArray());
        Scheduled = (await Host.Services.GetRequiredService<Weflux.Web.Scheduling.ScheduleMessage>().ExecuteAsync(
            Owner, Conversation, new TextContent("canary-text-91 later"), Crossings.Tomorrow(this), Guid.CreateVersion7())).Id!.Value;
        await SettleAsync();
    }

    /// <summary>What people do with the conversation.</summary>
    private async Task WorkAsync()
    {
        var services = Host.Services;
        await services.GetRequiredService<WriteNote>().ExecuteAsync(Owner, Conversation, "canary-text-91 in a note", NoteDraft);
        await services.GetRequiredService<MakeLabel>().ExecuteAsync(Owner, "canary-text-91", LabelColor.Blue);
        await services.GetRequiredService<AddCloseReason>().ExecuteAsync(Owner, "canary-text-91");
        (Note, Label, Reason) = await Host.ReadAsync(async db => (
            await db.Set<Note>().Select(n => n.Id).SingleAsync(),
            await db.Set<Label>().Select(l => l.Id).SingleAsync(),
            await db.Set<CloseReason>().Select(r => r.Id).SingleAsync()));
        await services.GetRequiredService<Weflux.Web.Teams.MakeTeam>().ExecuteAsync(Owner, "canary-text-91");
        Team = await Host.ReadAsync(db => db.Set<WorkTeam>().Select(t => t.Id).SingleAsync());
        await services.GetRequiredService<Weflux.Web.Teams.SetTeamMember>().ExecuteAsync(Owner, Team, Owner.User, isIn: true);
        SavedView = (await services.GetRequiredService<SaveView>().ExecuteAsync(Owner, "canary-text-91", InboxView.Default, ViewAudience.Everybody)).Id;
        Reply = (await services.GetRequiredService<SaveReply>().ExecuteAsync(Owner, new ReplyDraft(null, "canary", "canary-text-91", IsShared: true, []))).Id!.Value;
        await services.GetRequiredService<SetLabel>().ExecuteAsync(Owner, Conversation, Label, isOn: true);
        await ListenAsync();
    }

    /// <summary>The webhook was given up, for one look.</summary>
    internal async Task<object?> GivenUpAsync(Func<Task<object?>> lookAsync)
    {
        await SetAsync(EventEndpointState.GivenUp);
        var seen = await lookAsync();
        await SetAsync(EventEndpointState.Off);
        return seen;

        Task<int> SetAsync(EventEndpointState state) =>
            Host.ReadAsync(db => db.Set<EventEndpoint>().Where(e => e.Id == Webhook).ExecuteUpdateAsync(set => set.SetProperty(e => e.State, state)));
    }

    /// <summary>Somebody outside was told of something.</summary>
    private async Task ListenAsync()
    {
        var input = new EventEndpointInput("canary-text-91", "https://canary.example/canary-text-91", [EventTypes.ContactCreated], HasText: true, HasNumbers: true);
        Webhook = (await Host.Services.GetRequiredService<MakeEventEndpoint>().ExecuteAsync(Owner, input)).Id!.Value;
        await Host.Services.GetRequiredService<SwitchEventEndpoint>().ExecuteAsync(Owner, Webhook, isOn: false);
        var protector = Host.Services.GetRequiredService<Weflux.Web.Security.SecretProtector>();
        var id = Guid.NewGuid();
        Event = await Host.ReadAsync(async db =>
        {
            var row = new EventDelivery
            {
                WorkspaceId = Owner.Workspace,
                EndpointId = Webhook,
                EventId = id,
                Type = EventTypes.ContactCreated,
                At = Host.Clock.GetUtcNow(),
                Body = protector.ProtectText("canary-text-91", EventDelivery.BodyContext(id)),
                Answer = protector.ProtectText("canary-text-91", EventDelivery.AnswerContext(id)),
                State = EventDeliveryState.Failed,
                Fault = "canary-text-91",
            };
            db.Add(row);
            await db.SaveChangesAsync();
            return row.Id;
        });
    }

    /// <summary>What an Admin of the first workspace has set up.</summary>
    private async Task SettleAsync()
    {
        await RenewTicketAsync();
        await WorkAsync();
        Notice = await RoleMatrix.TellAsync(this, Owner);
        Colleague = (await Host.ActorAsync("agent2@demo.test")).User;
        await Host.Services.GetRequiredService<InviteMember>().ExecuteAsync(Owner, Invited, Role.Agent);
        Invitation = await Host.ReadAsync(db => db.Set<Invitation>().Select(i => i.Id).SingleAsync());
        await Host.Services.GetRequiredService<ChangeWorkspaceProfile>().ExecuteAsync(Owner, "Chai & Co.", TimeZone, ["en", "hi"]);
        await Host.Services.GetRequiredService<SaveBillingDetails>().ExecuteAsync(Owner, new BillingInput { CompanyName = "Chai Private Limited" });
        await Host.ReadAsync(async db =>
        {
            db.Add(new Weflux.Web.Team.Settings.FormerSlug { WorkspaceId = Owner.Workspace, Slug = FormerSlug, LeftAt = Host.Clock.GetUtcNow() });
            return await db.SaveChangesAsync();
        });
    }

    /// <summary>A ticket lasts five minutes, and the tests of this world may take longer.</summary>
    public async Task RenewTicketAsync() =>
        Ticket = (await Host.Services.GetRequiredService<ExportWorkspace>().ExecuteAsync(Owner, "Test")).Ticket!;

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Everybody of the second workspace who can act: its people in every role, and its most powerful key.</summary>
    public async Task<IReadOnlyList<Actor>> StrangersAsync()
    {
        var people = new List<Actor>();
        foreach (var email in Strangers)
        {
            people.Add(await Host.ActorAsync(email, "demo-two"));
        }

        var key = await Host.ReadAsync(db => db.Set<ApiKey>().Where(k => k.CreatedBy == null).Select(k => k.Id).SingleAsync(), "demo-two");
        people.Add(Actor.WithKey(people[0].Workspace, new ApiKeyGrant(new ApiKeyId(key), "Theirs", [ApiScopes.All])));
        return people;
    }

    /// <summary>Every row of the first workspace, as text.</summary>
    public async Task<string> PictureAsync()
    {
        await using var db = Host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var tables = db.Model.GetEntityTypes().Where(t => t.FindProperty("WorkspaceId") is not null)
            .Select(t => t.GetTableName()!).Distinct(StringComparer.Ordinal).Except(Restless).Order(StringComparer.Ordinal).ToList();
        await using var connection = new SqliteConnection(Host.Services.GetRequiredService<WefluxDatabase>().ConnectionString);
        await connection.OpenAsync();
        var picture = new StringBuilder();
        foreach (var table in tables)
        {
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The names come from our own model.
            command.CommandText = $"SELECT * FROM \"{table}\" WHERE \"WorkspaceId\" = {Owner.Workspace} ORDER BY 1, 2";
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                picture.Append(table);
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    var value = reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture);
                    picture.Append(CultureInfo.InvariantCulture, $" {reader.GetName(i)}={value}");
                }

                picture.AppendLine();
            }
        }

        return picture.ToString();
    }
}
