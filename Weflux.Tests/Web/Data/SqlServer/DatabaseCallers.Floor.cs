using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Team;
using Weflux.Web.Floor;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Presence;
using Weflux.Web.Team.Members;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>Who is there, and who has how much.</summary>
    private static IEnumerable<DatabaseCaller> Floor()
    {
        yield return Of<PresenceQuery>("all", async s =>
        {
            var query = new PresenceQuery(s.Database, new OpenPages(s.Time), s.Time);
            (await query.GetAsync(s.Admin)).Should().NotBeEmpty();
            await query.OwnAsync(s.Admin);
        });
        foreach (var rows in new[] { 0, 1 })
        {
            yield return Of<PresenceEdits>($"known {rows}", async s =>
            {
                s.Rows.With("", true).With("IsActive", true).Rows(rows, "FROM [MemberPresences]");
                var (edits, _) = Presence(s);
                (await new ChoosePresence(edits, s.Time).ExecuteAsync(s.Admin, PresenceChoice.Away)).Should().Be(PresenceOutcome.Done);
            });
        }

        yield return Of<PresenceBeat>("somebody comes, stays and others have gone", async s =>
        {
            s.Rows.With("", true).With("State", (int)MemberPresence.Available);
            var (edits, pages) = Presence(s);
            using var page = pages.Enter(s.Admin);
            using var beat = new PresenceBeat(s.Database, pages, edits, s.Time, NullLogger<PresenceBeat>.Instance);
            await beat.BeatAsync(Never);
        });
        yield return Of<SetCapacity>("changed", async s =>
        {
            s.Rows.With("IsActive", true).With("Role", (int)Role.Admin).With("Capacity", 3);
            (await new SetCapacity(s.Database, s.Audit, Stand.Broadcaster()).ExecuteAsync(s.Admin, s.Admin.User, 5)).Should().Be(CapacityOutcome.Saved);
        });
        yield return Of<FloorQuery>("all", async s =>
        {
            s.Rows.With("AssigneeId", 1L).With("TimeZone", "UTC").With("LastCustomerActAt", Stand.Noon);
            var presence = new PresenceQuery(s.Database, new OpenPages(s.Time), s.Time);
            var query = new FloorQuery(
                s.Database, new ConversationListQuery(s.Database, new SharedRows(s.Database), s.Time), new ViewCountsQuery(s.Database, s.Time), presence);
            (await query.GetAsync(s.Admin)).Should().NotBeNull();
        });
    }

    private static (PresenceEdits Edits, OpenPages Pages) Presence(PretendServer s)
    {
        var pages = new OpenPages(s.Time);
        return (new PresenceEdits(s.Database, pages, Stand.Broadcaster(), new PresenceNews(NullLogger<PresenceNews>.Instance), s.Time), pages);
    }
}
