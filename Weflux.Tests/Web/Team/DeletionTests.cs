using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Security;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;

namespace Weflux.Tests.Web.Team;

public sealed class DeletionTests : IAsyncLifetime
{
    private const string Canary = "canary-erase-77";
    private WefluxHost _host = null!;
    private Actor _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _admin = await _host.ActorAsync("admin@demo.test");
        using var client = _host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.erase", "919800000077", Canary, _host.Clock.GetUtcNow(), "Erase Me"));
        await _host.SettledAsync();
        var conversation = (await _host.ConversationsAsync()).Single();
        await The<SendReply>().ExecuteAsync(_admin, conversation.Id, new TextContent($"{Canary} reply"), Guid.CreateVersion7());
        await The<InviteMember>().ExecuteAsync(_admin, null, Role.Agent);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("chai & co.")]
    [InlineData("demo")]
    public async Task A_wrong_name_deletes_nothing(string typed)
    {
        (await The<AskForDeletion>().ExecuteAsync(_admin, typed)).Should().Be(new DeletionAnswer(DeletionOutcome.WrongName));
        (await WorkspaceAsync())!.DeletionDueAt.Should().BeNull();
    }

    [Fact]
    public async Task For_30_days_all_goes_on_every_Admin_is_told_and_the_workspace_can_be_kept()
    {
        var answer = await The<AskForDeletion>().ExecuteAsync(_admin, "Chai & Co.");
        answer.DueAt.Should().BeCloseTo(_host.Clock.GetUtcNow() + TimeSpan.FromDays(30), TimeSpan.FromMinutes(5));
        (await MailsAsync()).Should().ContainSingle(m => m.Contains("admin@demo.test") && m.Contains("will be deleted on"));
        _host.Clock.Advance(TimeSpan.FromDays(29));
        await The<WorkspaceEraser>().EraseDueAsync(default);
        (await _host.MessagesAsync()).Should().NotBeEmpty();

        (await The<KeepWorkspace>().ExecuteAsync(_admin)).Should().BeTrue();
        (await The<KeepWorkspace>().ExecuteAsync(_admin)).Should().BeFalse("there is nothing left to stop");
        _host.Clock.Advance(TimeSpan.FromDays(60));
        await The<WorkspaceEraser>().EraseDueAsync(default);
        (await _host.MessagesAsync()).Should().NotBeEmpty();
        (await _host.ReadAsync(db => db.Set<AuditEntry>().Select(e => e.Action).ToListAsync())).Should().Contain([AuditActions.DeletionAsked, AuditActions.DeletionStopped]);
    }

    [Fact]
    public async Task After_30_days_nothing_of_it_is_left_in_any_table_or_in_the_files_and_a_certificate_says_what_was()
    {
        var messages = (await _host.MessagesAsync()).Count;
        await The<AskForDeletion>().ExecuteAsync(_admin, "Chai & Co.");
        _host.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1));
        await The<WorkspaceEraser>().EraseDueAsync(default);
        await Eventually.BeAsync(async () => await WorkspaceAsync() is null);

        await using (var db = The<WefluxDatabase>().OpenForSystem())
        {
            foreach (var table in db.Model.GetEntityTypes().Where(t => t.FindProperty("WorkspaceId") is not null).Select(t => t.GetTableName()!).Distinct(StringComparer.Ordinal))
            {
                var left = await db.ReadPlainAsync($"SELECT COUNT(*) FROM \"{table}\" WHERE \"WorkspaceId\" = @id", default, ("@id", _admin.Workspace.Value));
                left.Should().Be(0L, table);
            }

            var certificate = await db.Set<ErasureCertificate>().SingleAsync();
            certificate.FinishedAt.Should().NotBeNull();
            certificate.Counts["Messages"].Should().BeGreaterThanOrEqualTo(messages);
            certificate.Counts.Should().ContainKeys("Contacts", "Conversations", "Memberships", "AuditEntries", "Invitations", "Workspaces");
            (certificate.Name, certificate.AskedBy).Should().Be(("Chai & Co.", "Priya Nair"));
        }

        (await MailsAsync()).Should().Contain(m => m.Contains("was erased") && m.Contains("admin@demo.test") && m.Contains("Messages: "));
        (await CanariesInFilesAsync()).Should().Be(0);
        (await _host.ReadAsync(db => db.Set<Membership>().CountAsync(), "demo-two")).Should().Be(3, "the neighbour is untouched");
        await FormerMembersAreToldAsync();
    }

    [Fact]
    public async Task An_erasing_that_was_interrupted_goes_on_and_its_certificate_counts_everything_once()
    {
        await The<AskForDeletion>().ExecuteAsync(_admin, "Chai & Co.");
        _host.Clock.Advance(TimeSpan.FromDays(31));
        using (var cancelled = new CancellationTokenSource())
        {
            await cancelled.CancelAsync();
            await The<WorkspaceEraser>().Awaiting(e => e.EraseDueAsync(cancelled.Token)).Should().ThrowAsync<OperationCanceledException>();
        }

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => The<WorkspaceEraser>().EraseDueAsync(default)));
        await using var db = The<WefluxDatabase>().OpenForSystem();
        (await db.Set<ErasureCertificate>().SingleAsync()).Counts["Workspaces"].Should().Be(1);
    }

    [Fact]
    public async Task The_export_holds_everything_but_secrets_and_is_for_the_Admin_who_gave_a_reason()
    {
        (await The<ExportWorkspace>().ExecuteAsync(_admin, "  ")).Outcome.Should().Be(ExportOutcome.NoReason);
        var ticket = (await The<ExportWorkspace>().ExecuteAsync(_admin, "We move on")).Ticket;
        using var client = await _host.SignInAsync("admin@demo.test");
        using var answer = await client.GetAsync($"/w/demo/settings/export/{ticket}");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentDisposition!.FileName.Should().StartWith("weflux-demo-").And.EndWith(".zip");
        using var zip = new ZipArchive(await answer.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);
        var files = zip.Entries.ToDictionary(e => e.Name, Text, StringComparer.Ordinal);

        files.Keys.Should().BeEquivalentTo("README.txt", "people.jsonl", "contacts.jsonl", "consents.jsonl", "conversations.jsonl", "messages.jsonl", "settings.jsonl", "audit.jsonl",
            "files.jsonl", "numbers.jsonl", "apps.jsonl", "numberevents.jsonl", "billing.jsonl", "apikeys.jsonl", "webhooks.jsonl", "webhook-events.jsonl", "invitations.jsonl",
            "notes.jsonl", "note-files.jsonl", "participants.jsonl", "mentions.jsonl", "events.jsonl", "labels.jsonl", "conversation-labels.jsonl", "close-reasons.jsonl",
            "teams.jsonl", "team-members.jsonl", "assignment-rules.jsonl", "assignment-turns.jsonl", "views.jsonl", "replies.jsonl", "reply-files.jsonl", "stages.jsonl",
            "contact-fields.jsonl", "contact-values.jsonl", "contact-tags.jsonl", "contact-notes.jsonl", "contact-changes.jsonl");
        files["messages.jsonl"].Should().Contain(Canary);
        files["contacts.jsonl"].Should().Contain("Erase Me").And.Contain("+919800000077");
        files["people.jsonl"].Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(4);
        files["audit.jsonl"].Should().Contain("We move on");
        string.Concat(files.Values).Should().NotContainAny("demo-app-secret", "demo-access-token", "passwordHash", "securityStamp");
        foreach (var line in files.Where(f => f.Key.EndsWith(".jsonl", StringComparison.Ordinal)).SelectMany(f => f.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            JsonDocument.Parse(line).RootElement.ValueKind.Should().Be(JsonValueKind.Object);
        }
    }

    [Fact]
    public void Every_table_of_a_workspace_is_exported_or_left_out_for_a_reason()
    {
        var leftOut = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Draft"] = "not said to anybody yet",
            ["ScheduledMessage"] = "not said to anybody yet",
            ["ScheduledFile"] = "of what was not said to anybody yet",
            ["ReadCursor"] = "where somebody's eyes were",
            ["MessageStatusEntry"] = "the last status stands with its message",
            ["SendAttempt"] = "machinery; what came of it stands with its message",
            ["StoredEvent"] = "events of the platform, as it sent them",
            ["OutboundMessage"] = "under way; its message is there",
            ["SendTrouble"] = "whether somebody has yet to decide; what went wrong stands with its message",
            ["SendHold"] = "machinery; a rest of minutes",
            ["EarlyStatus"] = "belongs to no message",
            ["WebhookDelivery"] = "encrypted bodies of the platform, gone after 14 days",
            ["Lane"] = "machinery",
            ["WorkspaceCounter"] = "machinery",
            ["ConnectionCheckup"] = "found out anew at any time",
            ["SignatureCount"] = "found out anew at any time",
            ["PlatformUpload"] = "copies that the platform keeps for a month",
            ["IdempotencyKey"] = "machinery of the API, gone after a day",
            ["StoredTemplate"] = "kept by the platform, and read anew from it",
            ["TemplateAccount"] = "machinery",
            ["TemplateEvent"] = "kept by the platform",
            ["Notice"] = "what somebody was told of in 30 days; what it tells of is there",
            ["NoticeReader"] = "where somebody's eyes were",
            ["ContactWord"] = "words of the names that stand with the contacts",
            ["StoredPresence"] = "who was there at this moment",
            ["MergeSuggestion"] = "a guess of the machine",
        };
        using var db = The<WefluxDatabase>().OpenForSystem();
        var tables = db.Model.GetEntityTypes().Where(t => !t.IsOwned() && t.FindProperty("WorkspaceId") is not null).Select(t => t.ClrType.Name).ToList();
        var exported = WorkspaceExport.Rows.Concat(_host.Services.GetServices<ExportPart>().SelectMany(p => p.Rows)).Select(t => t.Name).ToList();

        tables.Except(exported).Except(leftOut.Keys).Should().BeEmpty("each is exported or left out with a reason");
        exported.Concat(leftOut.Keys).Except(tables).Should().BeEmpty("there is no such table any more");
        exported.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_ticket_opens_nothing_for_somebody_else_nothing_when_it_was_changed_and_nothing_after_minutes()
    {
        var ticket = (await The<ExportWorkspace>().ExecuteAsync(_admin, "We move on")).Ticket!;
        using var manager = await _host.SignInAsync("manager@demo.test");
        (await manager.GetAsync($"/w/demo/settings/export/{ticket}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var admin = await _host.SignInAsync("admin@demo.test");
        (await admin.GetAsync($"/w/demo/settings/export/{ticket[..^2]}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await admin.GetAsync("/w/demo/settings/export/x")).StatusCode.Should().Be(HttpStatusCode.NotFound);
        _host.Clock.Advance(TimeSpan.FromMinutes(6));
        (await admin.GetAsync($"/w/demo/settings/export/{ticket}")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private async Task FormerMembersAreToldAsync()
    {
        var erased = The<ErasedWorkspaces>();
        (await erased.FindAsync(_admin.User, "demo"))!.Name.Should().Be("Chai & Co.");
        (await erased.FindAsync((await _host.ActorAsync("admin@demo-two.test", "demo-two")).User, "demo")).Should().BeNull();
        using var key = new HttpRequestMessage(HttpMethod.Get, "/api/v1/conversations");
        key.Headers.Authorization = new("Bearer", "wfx_demo_0000000000000000000000000001");
        using var client = _host.NewClient();
        (await client.SendAsync(key)).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    private async Task<int> CanariesInFilesAsync()
    {
        var found = 0;
        foreach (var file in Directory.GetFiles(_host.DataDirectory, "weflux.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy);
            found += Encoding.Latin1.GetString(copy.ToArray()).Contains(Canary, StringComparison.Ordinal) ? 1 : 0;
        }

        return found;
    }

    private async Task<List<string>> MailsAsync()
    {
        await using var db = The<WefluxDatabase>().OpenForSystem();
        var mails = await db.Set<OutgoingMail>().Where(m => m.Text != null).ToListAsync();
        return mails.ConvertAll(m => The<SecretProtector>().UnprotectText(m.Text, OutgoingMail.TextContext(m.Key)));
    }

    private async Task<Workspace?> WorkspaceAsync()
    {
        await using var db = The<WefluxDatabase>().OpenForSystem();
        return await db.Set<Workspace>().SingleOrDefaultAsync(w => w.Id == _admin.Workspace);
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private T The<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();
}
