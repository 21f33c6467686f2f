using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Assigning;
using Weflux.Web.Data;
using Weflux.Web.Notices;
using Weflux.Web.Presence;
using Weflux.Web.Team;
using Weflux.Web.Work;
using Weflux.Web.Work.HandOvers;

namespace Weflux.Tests.Web.Assigning;

/// <summary>What goes round all workspaces: one in which nothing can be stored keeps no other from its turn.</summary>
public sealed class SeveralWorkspacesTests : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly FakeTimeProvider _time = new(Stand.Noon);
    private int _customers;

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task What_waits_is_given_in_the_other_workspace()
    {
        await EachBrokenAsync(MemberPresence.Available, PresenceChoice.Available, async healthy =>
        {
            var id = await MeetAsync(healthy);
            await new AutomaticAssignment(
                _sandbox.Database, new AssignWaiting(_sandbox.Database, Presence(), Stand.Broadcaster(), _time), Stand.Broadcaster(),
                new PresenceNews(NullLogger<PresenceNews>.Instance), _time, NullLogger<AutomaticAssignment>.Instance).SweepAsync(CancellationToken.None);
            (await FindAsync(healthy, id)).AssigneeId.Should().Be(healthy.Asha);
        });
    }

    [Fact]
    public async Task What_waits_with_people_who_are_away_is_released_in_the_other_workspace()
    {
        await EachBrokenAsync(MemberPresence.Away, PresenceChoice.Away, async healthy =>
        {
            var id = await MeetAsync(healthy, healthy.Asha);
            _time.Advance(TimeSpan.FromMinutes(2));
            await new ReleaseAbsent(_sandbox.Database, Presence(), Stand.Broadcaster(), _time, NullLogger<ReleaseAbsent>.Instance).ReleaseAsync(CancellationToken.None);
            (await FindAsync(healthy, id)).AssigneeId.Should().BeNull();
        });
    }

    [Fact]
    public async Task Snoozes_and_hand_overs_end_in_the_other_workspace_however_many_cannot_in_this_one()
    {
        var (broken, healthy) = (await OpenAsync("one"), await OpenAsync("two"));
        long[] others = [await MeetAsync(healthy, healthy.Asha), await MeetAsync(healthy, healthy.Asha)];
        await _sandbox.ChangeAsync(healthy, others[0], c => c.AskMember(healthy.Ravi, Stand.Noon.AddMinutes(2)));
        await _sandbox.ChangeAsync(healthy, others[1], c => c.Snooze(Stand.Noon.AddMinutes(2), Stand.Noon));

        // As many as are looked at together are due before the other's.
        for (var nth = 0; nth < 200; nth++)
        {
            await _sandbox.ChangeAsync(broken, await MeetAsync(broken, broken.Asha), c => c.AskMember(broken.Ravi, Stand.Noon.AddMinutes(1)));
        }

        _sandbox.Execute($"UPDATE Conversations SET SnoozedUntil = AskedUntil WHERE WorkspaceId = {broken.Workspace}");
        Break("ConversationEvents", broken);
        _time.Advance(TimeSpan.FromMinutes(3));

        (await new SnoozeEnds(_sandbox.Database, Stand.Broadcaster(), _time, NullLogger<SnoozeEnds>.Instance).EndAsync(CancellationToken.None)).Should().Be(1);
        (await new HandOverEnds(_sandbox.Database, Stand.Broadcaster(), _time, NullLogger<HandOverEnds>.Instance).EndAsync(CancellationToken.None)).Should().Be(1);
        (await FindAsync(healthy, others[0])).AskedUntil.Should().BeNull();
        (await FindAsync(healthy, others[1])).State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public async Task Windows_are_told_of_in_the_other_workspace_and_in_this_one_as_soon_as_it_can_be()
    {
        var (broken, healthy) = (await OpenAsync("one"), await OpenAsync("two"));
        await MeetAsync(broken, broken.Asha);
        await MeetAsync(healthy, healthy.Asha);
        Break("Notices", broken);
        using var sweep = new NoticeSweep(_sandbox.Database, _time, NullLogger<NoticeSweep>.Instance);
        _time.Advance(ServiceWindow.Length - NoticeSweep.Ahead + TimeSpan.FromMinutes(1));

        (await sweep.RunAsync(CancellationToken.None)).Should().Be(1);
        _time.Advance(TimeSpan.FromMinutes(20));
        Mend();
        (await sweep.RunAsync(CancellationToken.None)).Should().Be(1);
        (await sweep.RunAsync(CancellationToken.None)).Should().Be(0);
    }

    /// <summary>Breaks one workspace after the other: nobody says which has its turn first.</summary>
    private async Task EachBrokenAsync(MemberPresence state, PresenceChoice choice, Func<Shop, Task> lookAsync)
    {
        Shop[] shops = [await OpenAsync("one"), await OpenAsync("two")];
        foreach (var shop in shops)
        {
            await ComeAsync(shop, state, choice);
            await MeetAsync(shop, state == MemberPresence.Away ? shop.Asha : null);
        }

        Break("ConversationEvents", shops[0]);
        await lookAsync(shops[1]);
        Mend();
        await MeetAsync(shops[1], state == MemberPresence.Away ? shops[1].Asha : null);
        Break("ConversationEvents", shops[1]);
        await lookAsync(shops[0]);
    }

    private void Break(string table, Shop shop) => _sandbox.Execute(
        $"CREATE TRIGGER Broken BEFORE INSERT ON \"{table}\" WHEN NEW.\"WorkspaceId\" = {shop.Workspace} BEGIN SELECT RAISE(ABORT, 'broken'); END");

    private void Mend() => _sandbox.Execute("DROP TRIGGER Broken");

    private PresenceQuery Presence() => new(_sandbox.Database, new OpenPages(_time), _time);

    private Task<Shop> OpenAsync(string slug) => _sandbox.OpenShopAsync(slug);

    private Task<long> MeetAsync(Shop shop, UserId? holder = null) =>
        _sandbox.MeetAsync(shop, $"1555{++_customers:0000000}", assignee: holder, at: Stand.Noon);

    private Task ComeAsync(Shop shop, MemberPresence state, PresenceChoice choice) => _sandbox.Database.WriteAsync(
        shop.Workspace,
        async db =>
        {
            var now = _time.GetUtcNow();
            var rule = AssignmentRule.OfNumber(shop.Workspace, shop.ConnectionId);
            rule.Set(new AssignmentTerms(AssignmentMode.RoundRobin)).Should().BeTrue();
            var row = new StoredPresence { WorkspaceId = shop.Workspace, UserId = shop.Asha };
            (row.Choice, row.ChosenAt, row.OpenAt, row.UsedAt, row.State, row.Since) = (choice, now, now, now, state, now);
            db.Add(new Membership { WorkspaceId = shop.Workspace, UserId = shop.Asha, Role = Role.Agent, JoinedAt = Stand.Noon.AddDays(-9) });
            db.Add(row);
            db.Add(rule);
            await db.SaveChangesAsync();
        },
        CancellationToken.None);

    private async Task<Conversation> FindAsync(Shop shop, long id)
    {
        await using var db = _sandbox.Database.Open(shop.Workspace);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id);
    }
}
