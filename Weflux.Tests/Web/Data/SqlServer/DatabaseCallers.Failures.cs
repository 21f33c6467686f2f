using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Failures;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>Messages that went wrong: an Agent's lane and everybody's.</summary>
    private static IEnumerable<DatabaseCaller> Failures()
    {
        foreach (var who in new[] { "an Agent", "an Admin" })
        {
            yield return Of<FailuresQuery>(who, async s =>
            {
                Wrong(s).Rows(0, "[ConnectionId] >").Rows(0, "[Code] >");
                var query = new FailuresQuery(s.Database);
                var actor = who == "an Agent" ? s.Agent : s.Admin;
                (await query.GetAsync(actor, isEverybodys: true))!.Groups.Should().ContainSingle();
                (await query.MoreAsync(actor, isEverybodys: true, new FailureKey(131026, 1), 9)).Should().NotBeEmpty();
            });
            yield return Of<TroubleCountQuery>(who, async s =>
                (await new TroubleCountQuery(s.Database).GetAsync(who == "an Agent" ? s.Agent : s.Admin)).Count.Should().BeGreaterThan(0));
            yield return Of<LeaveTrouble>(who, async s =>
            {
                Wrong(s);
                var leave = new LeaveTrouble(s.Database, Stand.Broadcaster());
                var actor = who == "an Agent" ? s.Agent : s.Admin;
                (await leave.ExecuteAsync(actor, 1)).Should().BeTrue();
                (await leave.ExecuteAllAsync(actor, new TroubleCause(131026, 1, IsEverybodys: true, 9))).Should().BeGreaterThan(0);
            });
            yield return Of<SendAllAgain>(who, async s =>
            {
                Wrong(s).With("LastCustomerActAt", Stand.Noon).Rows(0, "[DraftId] =").Rows(0, "[MessageId] > @");
                var all = new SendAllAgain(s.Database, new SendAgain(s.Database, Reply(s)));
                (await all.ExecuteAsync(who == "an Agent" ? s.Agent : s.Admin, new TroubleCause(131026, 1, IsEverybodys: true, 9))).Should().NotBeNull();
            });
        }

        yield return Of<QueueQuery>("a thread", async s =>
        {
            s.Rows.With("State", (int)OutboundState.Waiting).With("Refusals", 1).With("NextAt", s.Time.GetUtcNow().AddMinutes(1)).With("Code", 130429);
            (await new QueueQuery(s.Database, s.Time).OfThreadAsync(s.Agent, 1)).Should().NotBeEmpty();
        });
        yield return Of<ThreadQuery>("words and what went wrong", async s =>
        {
            Wrong(s).With("ResendOfId", 1L);
            var query = new ThreadQuery(s.Database, s.Time);
            (await query.WordsAsync(s.Agent, 1, 1)).Should().NotBeNull();
            (await query.RepeatAsync(s.Agent, 1, 1)).Should().NotBeNull();
            (await query.GetAsync(s.Agent, 1))!.Messages.Should().Contain(m => m.Way != null);
        });
    }

    private static MadeUpRows Wrong(PretendServer server) => server.Rows
        .With("Status", (int)DeliveryStatus.Failed).With("Fault", """{"code":131042,"title":"No"}""").With("Origin", (int)MessageOrigin.Person);
}
