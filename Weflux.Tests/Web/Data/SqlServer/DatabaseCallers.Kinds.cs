using System.Net;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Api.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Templates;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>Reactions, quotes, blue ticks, and what programs send.</summary>
    private static IEnumerable<DatabaseCaller> Kinds()
    {
        yield return Of<SendReaction>("sent", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("SaidAt", Stand.Noon).With("Direction", (int)MessageDirection.In)
                .With("WhatsAppId", "wamid.in").Rows(0, "[DraftId] =");
            (await new SendReaction(s.Database, Reply(s), s.Time).ExecuteAsync(s.Agent, 1, "👍", Guid.NewGuid()))!.Decision.IsAllowed.Should().BeTrue();
        });
        yield return Of<SendReply>("with a quote", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("WhatsAppId", "wamid.in").Rows(0, "[DraftId] =");
            (await Reply(s).ExecuteAsync(s.Agent, 1, Words, Guid.NewGuid(), quotedId: 1))!.Decision.IsAllowed.Should().BeTrue();
        });
        yield return Of<SendAgain>("with a quote", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).With("Status", (int)DeliveryStatus.Failed).With("WhatsAppId", "wamid.in")
                .With("Context", """{"quotedWhatsAppId":"wamid.in"}""").Rows(0, "[DraftId] =");
            await new SendAgain(s.Database, Reply(s)).ExecuteAsync(s.Agent, 1, Guid.NewGuid());
        });
        yield return Of<ThreadQuery>("marks and raw", async s =>
        {
            s.Rows.With("WhatsAppId", "wamid.1").With("TargetWhatsAppId", "wamid.2").With("Raw", "{}");
            var query = new ThreadQuery(s.Database, s.Time);
            (await query.ChangesAsync(s.Admin, 1, 0)).Should().NotBeNull();
            (await query.RawAsync(s.Admin, 1)).Should().NotBeNull();
        });
        yield return Of<ReadReceiptSender>("opened", async s =>
        {
            s.Rows.With("ReadReceipts", (int)ReadReceipts.WhenOpened).With("WhatsAppId", "wamid.in").With("State", 1);
            using var receipts = Receipts(s);
            (await receipts.TellAsync(new ReadWish(PretendServer.Workspace, 1, ReadCause.Opened, s.Agent), Never)).Should().BeTrue();
        });
        yield return Of<ClaimIdempotencyKey>("new and known", async s =>
        {
            var key = Actor.WithKey(PretendServer.Workspace, new ApiKeyGrant(new ApiKeyId(1), "Key", ["*"]));
            s.Rows.Rows(0, "FROM [IdempotencyKeys]");
            (await new ClaimIdempotencyKey(s.Database, s.Time).ExecuteAsync(key, "a", new byte[32])).Should().NotBeNull();
        });
        yield return Of<SendByApi>("sent", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).Rows(0, "[DraftId] =");
            var templates = new TemplateListQuery(s.Database);
            var send = new SendByApi(s.Database, Reply(s), new SendReaction(s.Database, Reply(s), s.Time), templates, new ClaimIdempotencyKey(s.Database, s.Time));
            (await send.ExecuteAsync(s.Admin, new ApiOutgoing { ConversationId = 1, Type = "text", Text = new ApiText { Body = "Hi" } }, null))
                .Should().BeOfType<ApiSent>();
        });
    }

    private static ReadReceiptSender Receipts(PretendServer s) =>
        new(s.Database, Stand.CloudApi(HttpStatusCode.OK, """{"success":true}"""), s.Time, NullLogger<ReadReceiptSender>.Instance);
}
