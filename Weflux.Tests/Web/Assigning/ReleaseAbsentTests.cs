using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Assigning;

/// <summary>What waits with people who are not there is released after the grace, and given to others.</summary>
public sealed class ReleaseAbsentTests : IAsyncLifetime
{
    private RotaWorld _world = null!;

    public async ValueTask InitializeAsync()
    {
        _world = await RotaWorld.OpenAsync();
        await _world.ArriveAsync(_world.Asha, _world.Ravi);
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_waits_with_somebody_who_is_away_is_released_after_a_minute_and_says_why()
    {
        var id = await _world.MeetAsync(_world.Asha);
        await _world.GoAwayAsync(_world.Asha);
        (await _world.ReleaseAsync()).Should().Be(0);
        await _world.PassAsync(TimeSpan.FromSeconds(59));
        (await _world.ReleaseAsync()).Should().Be(0);
        await _world.PassAsync(TimeSpan.FromSeconds(1));

        (await _world.ReleaseAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal((UserId?)null);
        (await _world.TellsAsync(id)).Should().Equal("Taken off Asha, who is away, because Kim waits for an answer. Nobody holds it");
        (await _world.ReleaseAsync()).Should().Be(0);
    }

    [Fact]
    public async Task Whoever_comes_back_within_the_grace_keeps_everything()
    {
        var id = await _world.MeetAsync(_world.Asha);
        await _world.GoAwayAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromSeconds(30));
        await _world.ArriveAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromMinutes(5));

        (await _world.ReleaseAsync()).Should().Be(0);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Asha);
    }

    [Fact]
    public async Task What_does_not_wait_or_is_being_handed_over_stays()
    {
        long[] ids = [await _world.MeetAsync(_world.Asha), await _world.MeetAsync(_world.Asha), await _world.MeetAsync(_world.Asha), await _world.MeetAsync(_world.Ravi)];
        await _world.ChangeAsync(ids[0], c => c.MarkNoReplyNeeded());
        await _world.ChangeAsync(ids[1], c => c.Snooze(Stand.Noon.AddDays(1), Stand.Noon));
        await _world.ChangeAsync(ids[2], c => c.AskMember(_world.Ravi, Stand.Noon.AddMinutes(10)));
        await _world.GoAwayAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromMinutes(9));

        (await _world.ReleaseAsync()).Should().Be(0);
        (await _world.HoldersAsync(ids)).Should().Equal(_world.Asha, _world.Asha, _world.Asha, _world.Ravi);
    }

    [Fact]
    public async Task Whoever_chose_to_be_away_and_then_left_is_away_since_the_choice()
    {
        var id = await _world.MeetAsync(_world.Asha);
        await _world.GoAwayAsync(_world.Asha);
        await _world.LeaveAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromMinutes(1));

        (await _world.ReleaseAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal((UserId?)null);
    }

    [Fact]
    public async Task Offline_counts_only_where_the_workspace_says_so_and_only_while_it_is_open()
    {
        var id = await _world.MeetAsync(_world.Asha);
        await _world.LeaveAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromHours(3));
        (await _world.ReleaseAsync()).Should().Be(0, "nobody has switched it on");

        await SetAsync(new ReleasePolicy(1, 5), new OpenRange(DayOfWeek.Monday, 9 * 60, 10 * 60));
        (await _world.ReleaseAsync()).Should().Be(0, "the business is closed");
        await SetAsync(new ReleasePolicy(1, 5), new OpenRange(DayOfWeek.Monday, 9 * 60, 23 * 60));
        (await _world.ReleaseAsync()).Should().Be(1);
        (await _world.TellsAsync(id)).Should().Equal("Taken off Asha, who is offline, because Kim waits for an answer. Nobody holds it");
    }

    [Fact]
    public async Task Whoever_comes_as_the_business_opens_has_the_minutes_from_then_on()
    {
        var id = await _world.MeetAsync(_world.Asha);
        await _world.LeaveAsync(_world.Asha);
        await SetAsync(new ReleasePolicy(1, 5), new OpenRange(DayOfWeek.Monday, 13 * 60, 23 * 60));
        await _world.PassAsync(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(59));
        (await _world.ReleaseAsync()).Should().Be(0, "it opened less than five minutes ago");

        await _world.PassAsync(TimeSpan.FromSeconds(1));
        (await _world.ReleaseAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal((UserId?)null);
    }

    [Theory]
    [InlineData(true, 60)]
    [InlineData(false, 300)]
    public async Task Whoever_is_given_one_while_they_are_not_there_has_the_grace_from_then_on(bool isAway, int grace)
    {
        await SetAsync(new ReleasePolicy(1, 5));
        await (isAway ? _world.GoAwayAsync(_world.Asha) : _world.LeaveAsync(_world.Asha));
        await _world.PassAsync(TimeSpan.FromHours(1));
        long[] ids = [await _world.MeetAsync(_world.Asha), await _world.MeetAsync()];
        (await new AssignConversation(_world.Work).ExecuteAsync(await _world.HireManagerAsync(), ids[1], _world.Asha)).Should().Be(WorkOutcome.Done);

        (await _world.ReleaseAsync()).Should().Be(1, "the other one was theirs before");
        (await _world.HoldersAsync(ids)).Should().Equal(null, _world.Asha);
        await _world.PassAsync(TimeSpan.FromSeconds(grace - 1));
        (await _world.ReleaseAsync()).Should().Be(0);
        await _world.PassAsync(TimeSpan.FromSeconds(1));
        (await _world.ReleaseAsync()).Should().Be(1);
        (await _world.HoldersAsync(ids)).Should().OnlyContain(h => h == null);
    }

    [Fact]
    public async Task Never_is_never()
    {
        await SetAsync(new ReleasePolicy(0, 0));
        await _world.MeetAsync(_world.Asha);
        await _world.GoAwayAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromDays(2));

        (await _world.ReleaseAsync()).Should().Be(0);
    }

    [Fact]
    public async Task What_is_released_is_given_to_somebody_else()
    {
        await _world.RuleAsync(new AssignmentTerms(AssignmentMode.LeastBusy));
        var id = await _world.MeetAsync(_world.Asha);
        await _world.GoAwayAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromMinutes(1));
        await _world.ReleaseAsync();

        (await _world.AssignAsync()).Should().Be(1);
        (await _world.HoldersAsync(id)).Should().Equal(_world.Ravi);
        (await _world.TellsAsync(id)).Should().Equal(
            "Taken off Asha, who is away, because Kim waits for an answer. Nobody holds it",
            "Assigned to Ravi automatically, because Ravi had the fewest open conversations (0)");
    }

    [Fact]
    public async Task Of_several_nodes_one_releases_and_more_than_fit_into_one_transaction_go_too()
    {
        var ids = new List<long>();
        for (var i = 0; i < 130; i++)
        {
            ids.Add(await _world.MeetAsync(_world.Asha));
        }

        await _world.GoAwayAsync(_world.Asha);
        await _world.PassAsync(TimeSpan.FromMinutes(2));
        var released = await Task.WhenAll(Enumerable.Range(0, 3)
            .Select(_ => _world.Release(_world.Sandbox.Open())).Select(n => Task.Run(() => n.ReleaseAsync(CancellationToken.None))));

        released.Sum().Should().Be(130);
        (await _world.TellsAsync(ids[^1])).Should().ContainSingle();
    }

    private Task SetAsync(ReleasePolicy policy, params OpenRange[] open) => _world.SetAsync(w =>
        (w.ReleaseAwayAfter, w.ReleaseOfflineAfter, w.OpenRanges) = (policy.AwayAfter, policy.OfflineAfter, open.Length == 0 ? null : open));
}
