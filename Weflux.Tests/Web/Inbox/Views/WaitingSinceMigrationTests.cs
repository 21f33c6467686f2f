using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Tests.Web.Data;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox.Views;

public sealed class WaitingSinceMigrationTests
{
    [Fact]
    public async Task Conversations_of_before_wait_since_when_they_would_have_had_it_been_kept()
    {
        using var sandbox = new Sandbox();
        var shop = await sandbox.OpenShopAsync();
        var text = new TextContent("more");
        var waits = await sandbox.MeetAsync(shop, "15550000001");
        await sandbox.HearAsync(shop, waits, Stand.Noon.AddHours(2), text);
        var answered = await sandbox.MeetAsync(shop, "15550000002");
        await AnswerAsync(sandbox, shop, answered, Stand.Noon.AddHours(1));
        var asksAgain = await sandbox.MeetAsync(shop, "15550000003");
        await AnswerAsync(sandbox, shop, asksAgain, Stand.Noon.AddHours(1));
        await sandbox.HearAsync(shop, asksAgain, Stand.Noon.AddHours(3), text, text);
        var wasClosed = await sandbox.MeetAsync(shop, "15550000004");
        await sandbox.Database.WriteAsync(shop.Workspace, async db =>
        {
            var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == wasClosed);
            conversation.Close();
            db.Add(conversation.TellClosed(shop.Asha, Stand.Noon.AddHours(1), await db.TakeSequenceAsync(1, default), reason: null));
            await db.SaveChangesAsync();
        }, default);
        await sandbox.HearAsync(shop, wasClosed, Stand.Noon.AddHours(4), text);
        var kept = await KeptAsync(sandbox, shop);
        kept.Should().BeEquivalentTo(new Dictionary<long, DateTimeOffset?>
        {
            [waits] = Stand.Noon,
            [answered] = null,
            [asksAgain] = Stand.Noon.AddHours(3),
            [wasClosed] = Stand.Noon.AddHours(4),
        });

        sandbox.Execute("""UPDATE "Conversations" SET "WaitingSince" = NULL;""");
        sandbox.Execute(WaitingSinceMigration.Fill);

        (await KeptAsync(sandbox, shop)).Should().BeEquivalentTo(kept);
    }

    private static Task AnswerAsync(Sandbox sandbox, Shop shop, long id, DateTimeOffset at) => sandbox.Database.WriteAsync(shop.Workspace, async db =>
    {
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == id);
        var reply = Message.ToCustomer(conversation, new TextContent("Hi"), shop.Asha, Guid.NewGuid(), await db.TakeSequenceAsync(1, default), at);
        conversation.Reply(reply);
        db.Add(reply);
        await db.SaveChangesAsync();
    }, default);

    private static async Task<Dictionary<long, DateTimeOffset?>> KeptAsync(Sandbox sandbox, Shop shop)
    {
        await using var db = sandbox.Database.Open(shop.Workspace);
        return await db.Set<Conversation>().ToDictionaryAsync(c => c.Id, c => c.WaitingSince);
    }
}
