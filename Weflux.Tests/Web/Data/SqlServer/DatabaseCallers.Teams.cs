using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Team;
using Weflux.Web.Assigning;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Presence;
using Weflux.Web.Security;
using Weflux.Web.Team.Settings;
using Weflux.Web.Teams;
using Weflux.Web.Work;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Tests.Web.Data.SqlServer;

internal static partial class DatabaseCallers
{
    /// <summary>Teams, hand-overs, and what is given to people and taken off them by itself.</summary>
    private static IEnumerable<DatabaseCaller> Teams() => [.. TeamCallers(), .. HandOverCallers(), .. AssigningCallers()];

    private static IEnumerable<DatabaseCaller> TeamCallers()
    {
        yield return Of<TeamsQuery>("at work", async s => (await new TeamsQuery(s.Database).AtWorkAsync(s.Agent)).Should().NotBeNull());
        yield return Of<TeamsQuery>("all", async s =>
        {
            s.Rows.With("TeamId", 1L);
            (await new TeamsQuery(s.Database).ForEditingAsync(s.Admin)).Should().NotBeNull();
        });
        yield return Of<TeamEdits>("a change", async s => (await new MakeTeam(TeamEditsOf(s)).ExecuteAsync(s.Admin, "Sales")).Should().Be(TeamOutcome.Saved));
        yield return Of<RenameTeam>("there", async s => (await new RenameTeam(TeamEditsOf(s)).ExecuteAsync(s.Admin, 1, "Sales")).Should().Be(TeamOutcome.Saved));
        foreach (var isIn in new[] { true, false })
        {
            yield return Of<SetTeamMember>($"in {isIn}", async s =>
            {
                s.Rows.With("", true).Rows(isIn ? 0 : 1, "[TeamId], [t].[UserId]", "FROM [TeamMembers]");
                await new SetTeamMember(TeamEditsOf(s)).ExecuteAsync(s.Admin, 1, s.Agent.User, isIn);
            });
        }

        yield return Of<ArchiveTeam>("there", async s =>
        {
            s.Rows.With("TeamId", 1L).With("AskedUntil", Stand.Noon).With("AssigneeId", 1L);
            (await new ArchiveTeam(TeamEditsOf(s)).ExecuteAsync(s.Admin, 1)).Should().Be(TeamOutcome.Saved);
        });
        yield return Of<RestoreTeam>("there", async s =>
        {
            s.Rows.With("ArchivedAt", Stand.Noon);
            (await new RestoreTeam(TeamEditsOf(s)).ExecuteAsync(s.Admin, 1)).Should().Be(TeamOutcome.Saved);
        });
    }

    private static IEnumerable<DatabaseCaller> HandOverCallers()
    {
        yield return Of<AssignConversation>("a team", async s =>
        {
            s.Rows.With("", true).With("AssigneeId", 1L);
            (await new AssignConversation(WorkOf(s)).ExecuteAsync(s.Admin, 1, AssignTo.Team(1), "why")).Should().Be(WorkOutcome.Done);
        });
        foreach (var to in new[] { AssignTo.Member(new UserId(2)), AssignTo.Team(1) })
        {
            yield return Of<AskHandOver>($"{to.TeamId}", async s =>
            {
                s.Rows.With("", true).With("AssigneeId", 1L).With("HandOverMinutes", 10);
                (await new AskHandOver(WorkOf(s)).ExecuteAsync(s.Admin, 1, to, "why")).Should().Be(WorkOutcome.Done);
            });
        }

        yield return Of<AcceptHandOver>("of a team", async s =>
        {
            s.Rows.With("", true).With("AssigneeId", 2L).With("AskedTeamId", 1L).With("AskedUntil", Stand.Noon.AddDays(1));
            (await new AcceptHandOver(WorkOf(s)).ExecuteAsync(s.Admin, 1)).Should().Be(WorkOutcome.Done);
        });
        yield return Of<HandOverEnds>("a round", async s =>
        {
            s.Rows.With("", true).With("AskedUntil", Stand.Noon.AddDays(-1)).With("AssigneeId", 1L);
            (await new HandOverEnds(s.Database, Stand.Broadcaster(), s.Time, NullLogger<HandOverEnds>.Instance).EndAsync(Never)).Should().Be(1);
        });
        yield return Of<ThreadQuery>("handed over", async s =>
        {
            s.Rows.With("AskedUntil", Stand.Noon).With("AssigneeId", 1L).With("AskedTeamId", 1L).With("TeamId", 1L);
            (await new ThreadQuery(s.Database, s.Time).GetAsync(s.Admin, 1))!.Head.HandOver.Should().NotBeNull();
        });
    }

    private static IEnumerable<DatabaseCaller> AssigningCallers()
    {
        yield return Of<AssignmentQuery>("all", async s => (await new AssignmentQuery(s.Database).GetAsync(s.Admin)).Should().NotBeNull());
        foreach (var subject in new[] { RuleSubject.Number(1), RuleSubject.Team(1) })
        {
            yield return Of<SetAssignmentRule>($"{subject.TeamId}", async s =>
            {
                s.Rows.With("Slug", "chai").With("TimeZone", "UTC").With("Languages", "en");
                (await new SetAssignmentRule(new WorkspaceEdits(s.Database, s.Audit, WatchOf(s))).ExecuteAsync(
                    s.Admin, subject, new AssignmentTerms(AssignmentMode.RoundRobin))).Should().Be(SettingsOutcome.Saved);
            });
        }

        foreach (var (column, mode) in new[] { ("ConnectionId", AssignmentMode.RoundRobin), ("TeamId", AssignmentMode.LeastBusy), ("ConnectionId", AssignmentMode.ToTeam) })
        {
            yield return Of<AssignWaiting>($"{column} {mode}", async s => await AssignOf(s, column, mode).RunAsync(PretendServer.Workspace, Never));
        }

        yield return Of<AutomaticAssignment>("a round", async s =>
        {
            var assign = AssignOf(s, "ConnectionId", AssignmentMode.RoundRobin);
            await new AutomaticAssignment(
                s.Database, assign, Stand.Broadcaster(), new PresenceNews(NullLogger<PresenceNews>.Instance), s.Time, NullLogger<AutomaticAssignment>.Instance).SweepAsync(Never);
        });
        yield return Of<ReleaseAbsent>("a round", async s =>
        {
            s.Rows.With("", true).With("AssigneeId", 1L).With("Choice", (int)PresenceChoice.Away).With("TimeZone", "UTC");
            s.Time.Advance(TimeSpan.FromHours(1));
            await new ReleaseAbsent(s.Database, PresenceOf(s), Stand.Broadcaster(), s.Time, NullLogger<ReleaseAbsent>.Instance).ReleaseAsync(Never);
            s.Connection.Commands.Should().Contain(c => c.Sql.Contains("INSERT INTO [ConversationEvents]", StringComparison.Ordinal));
        });
    }

    /// <summary>Somebody is available, and after something was given there is no rule any more, or it would go on for ever.</summary>
    private static AssignWaiting AssignOf(PretendServer s, string subject, AssignmentMode mode)
    {
        s.Rows.With("", true).With("Mode", (int)mode).With(subject, 1L).With("TimeZone", "UTC").With("Role", (int)Role.Agent)
            .With("OpenAt", Stand.Noon).With("UsedAt", Stand.Noon).With("WaitingSince", Stand.Noon).Rows(0, "GROUP BY [c].[AssigneeId]").On("INSERT INTO [ConversationEvents]", () => s.Rows.Rows(0, "FROM [AssignmentRules]"));
        if (mode == AssignmentMode.ToTeam)
        {
            s.Rows.With("GoesToTeamId", 2L);
        }

        return new AssignWaiting(s.Database, PresenceOf(s), Stand.Broadcaster(), s.Time);
    }

    private static PresenceQuery PresenceOf(PretendServer s) => new(s.Database, new OpenPages(s.Time), s.Time);

    private static AccessWatch WatchOf(PretendServer s) => new(s.Database, s.Time, NullLogger<AccessWatch>.Instance);

    private static TeamEdits TeamEditsOf(PretendServer s) => new(
        s.Database, s.Audit, WatchOf(s), Stand.Broadcaster(), new ChangeBeat(s.Database, s.Time, NullLogger<ChangeBeat>.Instance), s.Time);
}
