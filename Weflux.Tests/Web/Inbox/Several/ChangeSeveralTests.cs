using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Work;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Tests.Web.Inbox.Several;

/// <summary>The same is done with several conversations, each for itself and as whoever acts may do it.</summary>
public sealed class ChangeSeveralTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task Each_is_changed_by_itself_and_told_in_its_own_thread()
    {
        var ids = await MeetAsync(3);
        await world.Get<CloseConversation>().ExecuteAsync(world.Manager, ids[1]);
        var progress = new List<int>();

        var result = await DoAsync(world.Manager, ids, new CloseThem(null, "end of the day"), progress.Add);

        result.Done.Should().Equal(ids[0], ids[2]);
        result.Unchanged.Should().Equal(ids[1]);
        (result.Refused.Count, result.NotBegun.Count).Should().Be((0, 0));
        progress.Should().Equal(1, 2, 3);
        foreach (var id in result.Done)
        {
            (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Closed);
            (await world.TellsAsync(world.Manager, id)).Should().Equal("You closed it: end of the day");
        }
    }

    [Fact]
    public async Task What_an_Agent_may_not_is_not_done_and_the_rest_is()
    {
        var ids = await MeetAsync(3);
        await world.Get<TakeConversation>().ExecuteAsync(world.Other, ids[1]);

        var result = await DoAsync(world.Agent, ids, new TakeThem());

        result.Done.Should().Equal(ids[0], ids[2]);
        result.Refused.Should().Equal(new SeveralRefusal(ids[1], WorkOutcome.NotFound));
        (await world.ConversationAsync(ids[1])).AssigneeId.Should().Be(world.Other.User);
        (await DoAsync(world.Agent, ids, new AssignThem(world.Other.User, "Daniel"))).Refused.Select(r => r.Outcome)
            .Should().Equal(WorkOutcome.NotAllowed, WorkOutcome.NotFound, WorkOutcome.NotAllowed);
        (await DoAsync(world.Agent, ids, new HandThemBack())).Done.Should().Equal(ids[0], ids[2]);
    }

    [Fact]
    public async Task A_Manager_assigns_them_to_somebody_who_is_active()
    {
        var ids = await MeetAsync(2);

        (await DoAsync(world.Manager, ids, new AssignThem(world.Agent.User, "Meera Shah"))).Done.Should().Equal(ids);
        (await DoAsync(world.Manager, ids, new AssignThem(world.Agent.User, "Meera Shah"))).Unchanged.Should().Equal(ids);
        (await DoAsync(world.Manager, ids, new AssignThem(new UserId(999_999), "Nobody"))).Refused.Should().OnlyContain(r => r.Outcome == WorkOutcome.UnknownSubject);
        foreach (var id in ids)
        {
            (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Agent.User);
        }
    }

    [Fact]
    public async Task They_are_snoozed_woken_labelled_marked_and_read()
    {
        var ids = await MeetAsync(2);
        (await world.Get<MakeLabel>().ExecuteAsync(world.Manager, "Bulk", LabelColor.Red)).Should().Be(LabelOutcome.Saved);
        var label = (await world.Get<LabelsQuery>().GetAsync(world.Agent))!.Labels.Single(l => l.Name == "Bulk").Id;

        (await DoAsync(world.Agent, ids, new MarkThemRead())).Done.Should().Equal(ids);
        (await DoAsync(world.Agent, ids, new MarkThemRead())).Unchanged.Should().Equal(ids);
        (await DoAsync(world.Agent, ids, new LabelThem(label, "Bulk", IsOn: true))).Done.Should().Equal(ids);
        (await DoAsync(world.Agent, ids[..1], new LabelThem(label, "Bulk", IsOn: false))).Done.Should().Equal(ids[0]);
        (await DoAsync(world.Agent, ids, new LeaveThemUnanswered())).Done.Should().Equal(ids);
        (await DoAsync(world.Agent, ids, new SnoozeThem(world.Now.AddHours(2)))).Done.Should().Equal(ids);
        (await DoAsync(world.Agent, ids, new SnoozeThem(world.Now.AddHours(-2)))).Refused.Should().OnlyContain(r => r.Outcome == WorkOutcome.Invalid);
        (await DoAsync(world.Agent, ids[..1], new ReopenThem())).Done.Should().Equal(ids[0]);

        (await world.ConversationAsync(ids[0])).Should().Match<Conversation>(c => c.State == ConversationState.Open && !c.NeedsReply);
        (await world.ConversationAsync(ids[1])).State.Should().Be(ConversationState.Snoozed);
        var rows = (await world.Get<ConversationListQuery>().ChangedAsync(world.Agent, new InboxView { Kind = ViewKind.Snoozed }, [.. ids.Select(i => new RowVersion(i, 0, IsOwn: true))])).Rows;
        rows.Should().ContainSingle().Which.Should().Match<ConversationRow>(r => r.Id == ids[1] && r.UnreadCount == 0 && r.LabelIds.Contains(label));
    }

    [Fact]
    public async Task More_than_may_be_changed_at_a_time_are_not_begun()
    {
        var id = (await MeetAsync(1))[0];

        var result = await DoAsync(world.Manager, [id, .. Enumerable.Range(1_000_000, ChangeSeveral.Most).Select(i => (long)i)], new CloseThem());

        (result.IsTooMany, result.NotBegun.Count, result.Done.Count).Should().Be((true, ChangeSeveral.Most + 1, 0));
        (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Open);
        (await DoAsync(world.Manager, [.. Enumerable.Repeat(id, ChangeSeveral.Most + 1)], new CloseThem())).Done.Should().Equal([id], "the same one is changed once");
    }

    [Fact]
    public async Task What_was_stopped_tells_what_is_done_and_what_is_not_begun()
    {
        var ids = await MeetAsync(3);
        using var stop = new CancellationTokenSource();

        var result = await world.Get<ChangeSeveral>().ExecuteAsync(world.Manager, ids, new CloseThem(), done => stop.Cancel(), stop.Token);

        result.Done.Should().Equal(ids[0]);
        result.NotBegun.Should().Equal(ids[1], ids[2]);
        result.Failed.Should().Equal(ids[1], ids[2]);
        (await world.ConversationAsync(ids[1])).State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public async Task A_database_that_fails_in_between_ends_it_and_what_is_done_is_told()
    {
        var ids = await MeetAsync(3);
        await ExecuteAsync($"CREATE TRIGGER Broken BEFORE UPDATE ON \"Conversations\" WHEN NEW.\"Id\" = {ids[1]} BEGIN SELECT RAISE(ABORT, 'broken'); END");

        var result = await DoAsync(world.Manager, ids, new CloseThem());

        await ExecuteAsync("DROP TRIGGER Broken");
        result.Done.Should().Equal(ids[0]);
        result.NotBegun.Should().Equal(ids[1], ids[2]);
        result.IsInterrupted.Should().BeTrue();
    }

    [Fact]
    public async Task All_of_a_view_are_those_that_the_reader_may_see_in_its_order()
    {
        var ids = await MeetAsync(3);
        await world.Get<TakeConversation>().ExecuteAsync(world.Other, ids[0]);
        var query = world.Get<ChoosableQuery>();

        var all = await query.GetAsync(world.Manager, InboxView.Newest);
        all.HasMore.Should().BeFalse();
        all.Rows.Select(r => r.Id).Should().StartWith(ids.AsEnumerable().Reverse()).And.OnlyHaveUniqueItems();
        all.Rows.Should().OnlyContain(r => r.Name == "Asha");
        (await query.GetAsync(world.Agent, InboxView.Newest)).Rows.Select(r => r.Id).Should().NotContain(ids[0]).And.Contain(ids[1]);
        (await query.GetAsync(world.Other, new InboxView { Kind = ViewKind.Mine })).Rows.Select(r => r.Id).Should().Contain(ids[0]).And.NotContain(ids[1]);
        (await query.GetAsync(world.Agent, InboxView.Missing)).Rows.Should().BeEmpty();
    }

    private Task<int> ExecuteAsync(string sql) => world.Host.ReadAsync(db => db.Database.ExecuteSqlRawAsync(sql));

    private async Task<List<long>> MeetAsync(int count)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await world.MeetAsync());
        }

        return ids;
    }

    private Task<SeveralResult> DoAsync(Actor actor, List<long> ids, SeveralWish wish, Action<int>? onProgress = null) =>
        world.Get<ChangeSeveral>().ExecuteAsync(actor, ids, wish, onProgress);
}
