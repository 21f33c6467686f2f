using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Data;

/// <summary>A workspace with a number and people, ready for conversations.</summary>
internal sealed record Shop(WorkspaceId Workspace, long MetaAppId, long ConnectionId, UserId Asha, UserId Ravi);

/// <summary>Fills a sandbox with what tests speak of.</summary>
internal static class Inboxes
{
    public static async Task<Shop> OpenShopAsync(this Sandbox sandbox, string slug = "shop")
    {
        Shop? shop = null;
        await sandbox.Database.WriteForSystemAsync(
            async db =>
            {
                var workspace = new Workspace { Slug = slug, Name = slug, CreatedAt = Stand.Noon };
                db.Add(workspace);
                await db.SaveChangesAsync();
                db.Add(new WorkspaceCounter { WorkspaceId = workspace.Id });
                var asha = Person($"asha@{slug}.test", "Asha");
                var ravi = Person($"ravi@{slug}.test", "Ravi");
                db.AddRange(asha, ravi);
                var app = new MetaApp { WorkspaceId = workspace.Id, AppKey = slug, AppSecret = [1], VerifyToken = [1] };
                db.Add(app);
                await db.SaveChangesAsync();
                var connection = new Connection
                {
                    WorkspaceId = workspace.Id,
                    MetaAppId = app.Id,
                    Kind = ConnectionKind.Simulator,
                    WabaId = $"waba-{slug}",
                    PhoneNumberId = $"number-{slug}",
                    DisplayPhoneNumber = "+1 555 000 0000",
                    Name = slug,
                    AccessToken = [1],
                };
                db.Add(connection);
                db.Add(new Lane { MetaAppId = app.Id, WorkspaceId = workspace.Id });
                await db.SaveChangesAsync();
                shop = new Shop(workspace.Id, app.Id, connection.Id, new UserId(asha.Id), new UserId(ravi.Id));
            },
            CancellationToken.None);
        return shop!;
    }

    /// <summary>Somebody who wrote once, so that there is a conversation.</summary>
    public static Task<long> MeetAsync(
        this Sandbox sandbox, Shop shop, string phone, string name = "", UserId? assignee = null, DateTimeOffset? at = null, string words = "Hello") =>
        sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                var contact = Contact.Meet(shop.Workspace, Stand.Noon);
                contact.Hear(new HeardContact([IdentityKey.WhatsAppId(phone)], phone, name, null), Stand.Noon);
                db.Add(contact);
                await db.SaveChangesAsync();
                var conversation = Conversation.Start(shop.Workspace, contact.Id, shop.ConnectionId, at ?? Stand.Noon);
                db.Add(conversation);
                await db.SaveChangesAsync();
                await HearAsync(db, conversation, at ?? Stand.Noon, new TextContent(words));
                conversation.Assign(assignee);
                await db.SaveChangesAsync();
                return conversation.Id;
            },
            CancellationToken.None);

    /// <summary>The customer says more.</summary>
    public static Task HearAsync(this Sandbox sandbox, Shop shop, long conversationId, DateTimeOffset at, params MessageContent[] contents) =>
        sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                var conversation = (await db.FindAsync<Conversation>(conversationId))!;
                foreach (var content in contents)
                {
                    await HearAsync(db, conversation, at, content);
                }

                await db.SaveChangesAsync();
            },
            CancellationToken.None);

    /// <summary>Changes a stored conversation.</summary>
    public static Task ChangeAsync(this Sandbox sandbox, Shop shop, long conversationId, Action<Conversation> change) =>
        sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                change((await db.FindAsync<Conversation>(conversationId))!);
                await db.SaveChangesAsync();
            },
            CancellationToken.None);

    public static async Task HearAsync(WefluxDbContext db, Conversation conversation, DateTimeOffset at, MessageContent content)
    {
        var sequence = await db.TakeSequenceAsync(1, CancellationToken.None);
        db.Add(conversation.Receive(new InboundMessage($"wamid.{Guid.NewGuid():N}", content, null, at, at, null), sequence).Message);
    }

    private static WefluxUser Person(string email, string name) => new()
    {
        UserName = email,
        NormalizedUserName = email.ToUpperInvariant(),
        Email = email,
        NormalizedEmail = email.ToUpperInvariant(),
        Name = name,
        SecurityStamp = "stamp",
    };
}
