using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Data;
using Weflux.Web.Floor;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Floor;

/// <summary>What changes while the floor is read.</summary>
public sealed class FloorChangesTests
{
    [Fact]
    public async Task What_is_answered_between_two_questions_stands_in_its_lane_once()
    {
        using var sandbox = new Sandbox();
        var shop = await sandbox.OpenShopAsync();
        var id = await sandbox.MeetAsync(shop, "15550001000");
        var between = new BetweenQuestions();
        var query = Query(new WefluxDatabase(Options.Create(new DatabaseOptions()), sandbox.Files, NullLoggerFactory.Instance, [between]));
        var manager = Stand.Actor(shop.Workspace, shop.Asha, Role.Manager);
        (await query.GetAsync(manager))!.Unassigned.Rows.Select(r => r.Id).Should().Equal(id);
        var questions = between.Seen;
        questions.Should().BeGreaterThan(4, "each of four lists asks by itself");

        for (var nth = 1; nth <= questions; nth++)
        {
            await sandbox.HearAsync(shop, id, Stand.Noon.AddSeconds(nth), new TextContent("Are you there?"));
            between.Do(nth, () => sandbox.ChangeAsync(shop, id, c => c.MarkNoReplyNeeded()));

            var lane = (await query.GetAsync(manager))!.Unassigned;

            lane.Rows.Select(r => r.Id).Should().Equal([id], $"it was answered before question {nth}");
        }
    }

    private static FloorQuery Query(WefluxDatabase database)
    {
        var time = new FakeTimeProvider(Stand.Noon.AddMinutes(1));
        return new FloorQuery(
            database,
            new ConversationListQuery(database, new SharedRows(database), time),
            new ViewCountsQuery(database, time),
            new PresenceQuery(database, new OpenPages(time), time));
    }

    /// <summary>Counts how often the database is asked, and does something before one of these times.</summary>
    private sealed class BetweenQuestions : DbConnectionInterceptor
    {
        private int _left;
        private Func<Task>? _actAsync;

        public int Seen { get; private set; }

        public void Do(int times, Func<Task> actAsync) => (_left, _actAsync) = (times, actAsync);

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Seen++;
            if (--_left == 0 && _actAsync is { } actAsync)
            {
                await actAsync();
            }
        }
    }
}
