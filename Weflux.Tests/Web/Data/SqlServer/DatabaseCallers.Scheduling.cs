using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    private const string Reminder = """{"name":"visit_reminder","language":"en","category":1,"bodyParameters":["Asha"],"renderedText":"Hi Asha","parameterNames":["1"]}""";

    /// <summary>What waits for its time, and what is taken back.</summary>
    private static IEnumerable<DatabaseCaller> Scheduling()
    {
        yield return Of<ScheduleMessage>("new", async s =>
        {
            s.Rows.With("LastCustomerActAt", Stand.Noon).Rows(0, "[DraftId] =", "TOP(2)");
            var answer = await new ScheduleMessage(s.Database, Reply(s), Stand.Broadcaster(), s.Time).ExecuteAsync(
                s.Agent, 1, Words, new SchedulePlan(s.Time.GetUtcNow().AddHours(1)), Guid.NewGuid());
            answer.Outcome.Should().Be(ScheduleOutcome.Done);
        });
        yield return Of<ScheduleMessage>("known", s => new ScheduleMessage(s.Database, Reply(s), Stand.Broadcaster(), s.Time).ExecuteAsync(
            s.Agent, 1, Words, new SchedulePlan(s.Time.GetUtcNow().AddHours(1)), Guid.NewGuid()));
        yield return Of<ChangeSchedule>("waiting", async s =>
        {
            Waiting(s);
            (await new ChangeSchedule(s.Database, Reply(s), Stand.Broadcaster(), s.Time).ExecuteAsync(s.Agent, 1, new SchedulePlan(s.Time.GetUtcNow().AddHours(1))))
                .Outcome.Should().Be(ScheduleOutcome.Done);
        });
        foreach (var throwsAway in new[] { true, false })
        {
            yield return Of<CancelScheduled>($"{throwsAway}", async s =>
            {
                Waiting(s).Rows(0, "FROM [Drafts]");
                (await new CancelScheduled(s.Database, Stand.Broadcaster(), s.Time).ExecuteAsync(s.Agent, 1, throwsAway)).Should().NotBeNull();
            });
        }

        yield return Of<SendScheduledNow>("waiting", async s =>
        {
            Waiting(s);
            (await new SendScheduledNow(s.Database, Reply(s), s.Time).ExecuteAsync(s.Agent, 1))!.MessageId.Should().NotBeNull();
        });
        yield return Of<ScheduledQuery>("all", async s =>
        {
            Waiting(s);
            var query = new ScheduledQuery(s.Database);
            (await query.OfThreadAsync(s.Agent, 1)).Should().NotBeEmpty();
            (await query.ListAsync(s.Admin, ofEverybody: true))!.Rows.Should().NotBeEmpty();
            (await query.ListAsync(s.Admin, ofEverybody: false))!.Rows.Should().NotBeEmpty();
        });
        foreach (var (way, isOpen) in new[] { ("goes out", true), ("comes back", false) })
        {
            yield return Of<ScheduledSender>(way, async s =>
            {
                using var ending = new CancellationTokenSource();
                Waiting(s).With("IsActive", true).On("UPDATE [ScheduledMessages]", ending.Cancel);
                if (!isOpen)
                {
                    s.Rows.With("LastCustomerActAt", Stand.Noon.AddDays(-2)).With("Content", Reminder.Replace("{\"name\"", "{\"kind\":\"template\",\"name\"", StringComparison.Ordinal));
                }

                var sender = new ScheduledSender(
                    s.Database, Reply(s), new Actors(s.Database), new HeardAlready(), Stand.Broadcaster(), s.Lanes, s.Time, NullLogger<ScheduledSender>.Instance);
                await sender.Invoking(o => o.RunAsync(s.Lease, ending.Token)).Should().ThrowAsync<OperationCanceledException>();
            });
        }

        yield return Of<TakeBack>("in time", async s =>
        {
            s.Rows.With("AuthorId", 1L).With("Before", """{"state":1,"needsReply":true}""").Rows(0, "FROM [Drafts]");
            (await new TakeBack(s.Database, Stand.Broadcaster(), s.Time).ExecuteAsync(s.Agent, 1)).Outcome.Should().Be(TakeBackOutcome.TakenBack);
        });
    }

    private static MadeUpRows Waiting(PretendServer s) => s.Rows.With("LastCustomerActAt", Stand.Noon).With("AuthorId", 1L).Rows(0, "[DraftId] =");
}
