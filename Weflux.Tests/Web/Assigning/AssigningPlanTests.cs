using Microsoft.Extensions.Logging.Abstractions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Tests.Web.Assigning;

/// <summary>What works by itself looks at nothing but what waits, however many conversations there are.</summary>
public sealed class AssigningPlanTests : IAsyncLifetime
{
    private RotaWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await RotaWorld.OpenAsync();
        await _world.ArriveAsync(_world.Asha, _world.Ravi);
        for (var i = 0; i < 5; i++)
        {
            await _world.MeetAsync(_world.Asha);
        }
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_waits_with_a_number_or_a_team_is_read_in_order_from_an_index_that_holds_nothing_else()
    {
        await _world.RuleAsync(new AssignmentTerms(AssignmentMode.RoundRobin));
        await _world.RuleAsync(new AssignmentTerms(AssignmentMode.LeastBusy), await _world.TeamAsync("Sales", _world.Ravi));
        using var watch = new CommandWatch(_world.Sandbox);

        await _world.AssignAsync();

        var plans = Plans(watch, "ORDER BY \"c\".\"WaitingSince\"");
        plans.Should().HaveCount(2).And.OnlyContain(p => p.StartsWith("SEARCH c USING", StringComparison.Ordinal) && !p.Contains("TEMP B-TREE"));
        plans.Should().ContainSingle(p => p.Contains("IX_Conversations_WorkspaceId_WaitingRoom"));
        plans.Should().ContainSingle(p => p.Contains("IX_Conversations_WorkspaceId_FreeOfTeam_State_WaitingSince"));
        Plans(watch, "GROUP BY \"c\".\"AssigneeId\"").Should().ContainSingle().Which.Should().Contain("AssigneeId=? AND State=?");
    }

    [Fact]
    public async Task What_waits_with_people_who_are_not_there_is_found_by_them()
    {
        await _world.GoAwayAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromMinutes(2));
        using var watch = new CommandWatch(_world.Sandbox);

        (await _world.ReleaseAsync()).Should().Be(5);

        Plans(watch, "\"AskedUntil\" IS NULL").Should().NotBeEmpty().And.OnlyContain(p => p.Contains("AssigneeId=? AND State=? AND NeedsReply=?"));
    }

    [Fact]
    public async Task Hand_overs_that_are_over_are_found_without_looking_at_the_others()
    {
        using var watch = new CommandWatch(_world.Sandbox);

        (await new HandOverEnds(_world.Sandbox.Database, Stand.Broadcaster(), _world.Time, NullLogger<HandOverEnds>.Instance).EndAsync(CancellationToken.None)).Should().Be(0);

        Plans(watch, "ORDER BY \"c\".\"AskedUntil\"").Should().ContainSingle().Which.Should().Contain("IX_Conversations_AskedUntil").And.NotContain("TEMP B-TREE");
    }

    [Fact]
    public async Task Why_somebody_is_asked_is_read_from_the_end_of_the_thread()
    {
        var id = await _world.MeetAsync(_world.Asha);
        await _world.ChangeAsync(id, c => c.AskMember(_world.Ravi, _world.Time.GetUtcNow().AddMinutes(10)));
        await _world.EditAsync(async db =>
        {
            var conversation = (await db.FindAsync<Conversation>(id))!;
            db.Add(conversation.TellAsked(_world.Asha, _world.Time.GetUtcNow(), 7, "why"));
        });
        using var watch = new CommandWatch(_world.Sandbox);

        var head = (await new ThreadQuery(_world.Sandbox.Database, _world.Time).GetAsync(Stand.Actor(_world.Shop.Workspace, _world.Ravi, Role.Agent), id))!.Head;

        head.HandOver.Should().BeEquivalentTo(new { Giver = "Asha", To = "Ravi", Reason = "why", IsForMe = true });
        Plans(watch, "FROM \"ConversationEvents\"").Should().OnlyContain(p => p.Contains("IX_ConversationEvents_WorkspaceId_ConversationId_Sequence") && !p.Contains("TEMP B-TREE"));
    }

    private static List<string> Plans(CommandWatch watch, string part) =>
        [.. watch.Commands.Where(c => c.Sql.StartsWith("SELECT", StringComparison.Ordinal) && c.Sql.Contains(part, StringComparison.Ordinal))
            .Select(c => string.Join("; ", watch.Plan(c)))];
}
