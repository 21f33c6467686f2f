using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Work;
using Weflux.Web.Work.Labels;

namespace Weflux.Tests.Web.Work;

public sealed class StateTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task A_closed_conversation_leaves_the_list_with_its_reason_and_comes_back_when_the_customer_writes()
    {
        var id = await world.MeetAsync();
        await world.Get<AddCloseReason>().ExecuteAsync(world.Manager, "Solved");
        var reason = (await world.Get<LabelsQuery>().GetAsync(world.Agent))!.Reasons.Single(r => r.Name == "Solved");

        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id, reason.Id, "she has her parcel")).Should().Be(WorkOutcome.Done);

        (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Closed);
        (await ListAsync()).Should().NotContain(id);
        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Unchanged);

        await world.SayAsync(world.LastPhone, "one more thing");
        (await ListAsync()).Should().Contain(id);
        (await world.TellsAsync(world.Agent, id)).Should().Equal("You closed it: Solved: she has her parcel", "Opened again, because Asha wrote");
    }

    [Fact]
    public async Task A_closed_conversation_is_opened_again_at_once()
    {
        var id = await world.MeetAsync();
        await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id);

        (await world.Get<ReopenConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Done);
        (await world.Get<ReopenConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Unchanged);

        (await ListAsync()).Should().Contain(id);
        (await world.TellsAsync(world.Agent, id)).Should().Equal("You closed it", "You opened it again");
    }

    [Fact]
    public async Task A_reason_of_another_workspace_or_of_none_closes_nothing()
    {
        var id = await world.MeetAsync();
        await world.Get<AddCloseReason>().ExecuteAsync(await world.Host.ActorAsync("manager@demo-two.test", "demo-two"), "Theirs");
        var theirs = await world.Host.ReadAsync(db => db.Set<CloseReason>().Select(r => r.Id).SingleAsync(), "demo-two");

        foreach (var reason in new[] { theirs, -1, 0, long.MaxValue })
        {
            (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id, reason)).Should().Be(WorkOutcome.UnknownSubject);
        }

        (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public async Task Words_for_closing_have_at_most_200_characters_on_one_line()
    {
        var id = await world.MeetAsync();

        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id, null, new string('x', 201))).Should().Be(WorkOutcome.Invalid);
        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id, null, "two\nlines")).Should().Be(WorkOutcome.Invalid);
        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id, null, "\u202Eturned")).Should().Be(WorkOutcome.Invalid);
        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id, null, new string('x', 200))).Should().Be(WorkOutcome.Done);
    }

    [Fact]
    public async Task A_snooze_ends_by_itself_is_told_and_leaves_needs_reply_as_it_was()
    {
        var (waits, answered) = (await world.MeetAsync(), await world.MeetAsync());
        await world.Get<MarkNoReplyNeeded>().ExecuteAsync(world.Agent, answered);
        foreach (var id in new[] { waits, answered })
        {
            (await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, id, world.Now.AddHours(1))).Should().Be(WorkOutcome.Done);
            (await ListAsync()).Should().NotContain(id);
        }

        (await world.Get<SnoozeEnds>().EndAsync(CancellationToken.None)).Should().Be(0);
        world.Host.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.BeAsync(async () =>
        {
            await world.Get<SnoozeEnds>().EndAsync(CancellationToken.None);
            return (await ListAsync()).Intersect([waits, answered]).Count() == 2;
        });

        (await world.ConversationAsync(waits)).Should().BeEquivalentTo(new { State = ConversationState.Open, SnoozedUntil = (DateTimeOffset?)null, NeedsReply = true });
        (await world.ConversationAsync(answered)).NeedsReply.Should().BeFalse();
        (await world.TellsAsync(world.Agent, waits)).Should().HaveCount(2).And.EndWith("The snooze is over");
        (await world.Get<SnoozeEnds>().EndAsync(CancellationToken.None)).Should().Be(0);
    }

    [Fact]
    public async Task A_snooze_ends_earlier_when_the_customer_writes()
    {
        var id = await world.MeetAsync();
        await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, id, world.Now.AddDays(3));

        await world.SayAsync(world.LastPhone, "hello again");

        (await world.ConversationAsync(id)).Should().BeEquivalentTo(new { State = ConversationState.Open, SnoozedUntil = (DateTimeOffset?)null });
        (await world.TellsAsync(world.Agent, id))[^1].Should().Be("Opened again, because Asha wrote");
    }

    [Fact]
    public async Task A_snooze_into_the_past_or_by_more_than_a_year_is_refused()
    {
        var id = await world.MeetAsync();

        foreach (var until in new[] { world.Now, world.Now.AddHours(-1), DateTimeOffset.MinValue, world.Now.AddDays(370), DateTimeOffset.MaxValue })
        {
            (await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, id, until)).Should().Be(WorkOutcome.Invalid);
        }

        (await world.ConversationAsync(id)).State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public async Task What_is_closed_is_not_snoozed()
    {
        var id = await world.MeetAsync();
        await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id);

        (await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, id, world.Now.AddHours(1))).Should().Be(WorkOutcome.NotAllowed);
    }

    [Fact]
    public async Task No_reply_needed_is_said_once()
    {
        var id = await world.MeetAsync();

        (await world.Get<MarkNoReplyNeeded>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Done);
        (await world.Get<MarkNoReplyNeeded>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Unchanged);

        (await world.ConversationAsync(id)).NeedsReply.Should().BeFalse();
        (await world.TellsAsync(world.Agent, id)).Should().Equal("You said that no reply is needed");
    }

    [Fact]
    public async Task Opting_out_and_in_stand_in_the_thread()
    {
        var id = await world.MeetAsync();
        await world.SayAsync(world.LastPhone, "STOP");
        world.Host.Clock.Advance(TimeSpan.FromSeconds(2));
        await world.SayAsync(world.LastPhone, "START");

        (await world.TellsAsync(world.Agent, id)).Should().Equal("Asha opted out of all messages", "Asha opted in again");
    }

    private async Task<IReadOnlyList<long>> ListAsync() =>
        [.. (await world.Get<ConversationListQuery>().GetAsync(world.Agent, InboxView.Newest, null, PageDirection.After, 100)).Rows.Select(r => r.Id)];
}
