using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Team.Members;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Work;

public sealed class AssigningTests(WorkWorld world) : IClassFixture<WorkWorld>
{
    [Fact]
    public async Task An_agent_takes_what_nobody_holds_and_hands_it_back_and_each_says_why()
    {
        var id = await world.MeetAsync();

        (await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Done);
        (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Agent.User);
        (await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Unchanged);
        (await world.Get<HandBackConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.Done);
        (await world.ConversationAsync(id)).AssigneeId.Should().BeNull();

        (await world.TellsAsync(world.Agent, id)).Should().Equal("You took it", "You handed it back. Nobody holds it");
        (await world.TellsAsync(world.Manager, id)).Should().Equal(
            $"{world.Agent.Name} took it", $"{world.Agent.Name} handed it back. Nobody holds it");
        (await world.Host.ReadAsync(db => db.Set<ConversationEvent>().Where(e => e.ConversationId == id).OrderBy(e => e.Id).Select(e => e.Reason).ToListAsync()))
            .Should().Equal(AssignmentReason.TookIt, AssignmentReason.HandedBack);
    }

    [Fact]
    public async Task What_a_colleague_holds_is_not_there_for_an_agent()
    {
        var id = await world.MeetAsync();
        await world.Get<TakeConversation>().ExecuteAsync(world.Other, id);

        (await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.NotFound);
        (await world.Get<HandBackConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.NotFound);
        (await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id)).Should().Be(WorkOutcome.NotFound);
        (await world.Activity.RangeAsync(world.Agent, id, null, null)).Should().BeEmpty();
        (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Other.User);
    }

    [Fact]
    public async Task An_agent_who_sees_everything_still_cannot_take_from_a_colleague()
    {
        var id = await world.MeetAsync();
        await world.Get<TakeConversation>().ExecuteAsync(world.Other, id);
        var sees = world.Agent with { Settings = new AgentSettings(AgentVisibility.All, MaskPhoneNumbers: true, MayReveal: false) };

        (await world.Get<TakeConversation>().ExecuteAsync(sees, id)).Should().Be(WorkOutcome.HeldByOther);
        (await world.Get<HandBackConversation>().ExecuteAsync(sees, id)).Should().Be(WorkOutcome.NotAllowed);
        (await world.Get<AssignConversation>().ExecuteAsync(sees, id, world.Agent.User)).Should().Be(WorkOutcome.NotAllowed);
        (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Other.User);
    }

    [Fact]
    public async Task A_manager_assigns_takes_over_and_makes_unassigned()
    {
        var id = await world.MeetAsync();

        (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Agent.User)).Should().Be(WorkOutcome.Done);
        (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Agent.User)).Should().Be(WorkOutcome.Unchanged);
        (await world.TellsAsync(world.Agent, id)).Should().Equal($"{world.Manager.Name} assigned it to you");
        (await world.Get<TakeConversation>().ExecuteAsync(world.Manager, id)).Should().Be(WorkOutcome.Done);
        (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, world.Other.User)).Should().Be(WorkOutcome.Done);
        (await world.Get<HandBackConversation>().ExecuteAsync(world.Manager, id)).Should().Be(WorkOutcome.Done);

        (await world.TellsAsync(world.Manager, id)).Should().Equal(
            $"You assigned it to {world.Agent.Name}", "You took it", $"You assigned it to {world.Other.Name}", "You made it unassigned");
    }

    [Fact]
    public async Task Nobody_can_be_assigned_who_is_not_active_here()
    {
        var id = await world.MeetAsync();
        var stranger = await world.Host.ActorAsync("agent@demo-two.test", "demo-two");

        foreach (var nobody in new[] { stranger.User, default, new UserId(-1), new UserId(long.MaxValue) })
        {
            (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, nobody)).Should().Be(WorkOutcome.UnknownSubject);
        }

        (await world.ConversationAsync(id)).AssigneeId.Should().BeNull();
        (await world.TellsAsync(world.Manager, id)).Should().BeEmpty();
    }

    [Fact]
    public async Task Of_two_who_take_at_once_one_gets_it()
    {
        var id = await world.MeetAsync();

        var outcomes = await Task.WhenAll(
            Task.Run(() => world.Get<TakeConversation>().ExecuteAsync(world.Agent, id)),
            Task.Run(() => world.Get<TakeConversation>().ExecuteAsync(world.Other, id)));

        outcomes.Should().BeEquivalentTo([WorkOutcome.Done, WorkOutcome.NotFound]);
        (await world.TellsAsync(world.Manager, id)).Should().ContainSingle();
    }

    [Fact]
    public async Task Whoever_replies_first_takes_and_opens_it()
    {
        var id = await world.MeetAsync();
        await world.Get<CloseConversation>().ExecuteAsync(world.Agent, id);
        await world.Get<SendReply>().ExecuteAsync(world.Agent, id, new TextContent("I am on it"), Guid.CreateVersion7());

        (await world.TellsAsync(world.Manager, id)).Should().Equal(
            $"{world.Agent.Name} closed it", $"{world.Agent.Name} opened it again", $"{world.Agent.Name} took it by replying first");
        (await world.Host.ReadAsync(db => db.Set<ConversationEvent>().OrderByDescending(e => e.Id).Select(e => e.Reason).FirstAsync()))
            .Should().Be(AssignmentReason.RepliedFirst);
    }

    [Fact]
    public async Task What_somebody_held_who_is_deactivated_says_so()
    {
        var id = await world.MeetAsync();
        var person = await world.Get<Weflux.Web.Team.Actors>().FindAsync(world.Other.User, world.Admin.Workspace, CancellationToken.None);
        await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, person!.User);

        (await world.Get<DeactivateMember>().ExecuteAsync(world.Admin, person.User, world.Agent.User)).Should().Be(RosterAnswer.Yes);
        try
        {
            (await world.ConversationAsync(id)).AssigneeId.Should().Be(world.Agent.User);
            (await world.TellsAsync(world.Agent, id))[^1].Should().Be("Assigned to you, because whoever held it is not active here any more");
            (await world.Get<AssignConversation>().ExecuteAsync(world.Manager, id, person.User)).Should().Be(WorkOutcome.UnknownSubject);
            (await world.Activity.MembersAsync(world.Agent)).Should().NotContain(m => m.User == person.User);
        }
        finally
        {
            await world.Get<ReactivateMember>().ExecuteAsync(world.Admin, person.User);
        }
    }

    [Fact]
    public async Task What_changes_nothing_leaves_the_change_counter_alone()
    {
        // What else goes on in this workspace raises it too, so it is tried until nothing else does: each time with a new
        // conversation, because something that is changed wrongly may be changed once only.
        await Eventually.BeAsync(async () =>
        {
            var id = await world.MeetAsync();
            await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id);
            var before = await CounterAsync();
            await world.Get<TakeConversation>().ExecuteAsync(world.Agent, id);
            await world.Get<ReopenConversation>().ExecuteAsync(world.Agent, id);
            await world.Get<SnoozeConversation>().ExecuteAsync(world.Agent, id, world.Now.AddDays(-1));
            return await CounterAsync() == before;
        });
    }

    private Task<long> CounterAsync() => world.Host.ReadAsync(db => db.Set<Weflux.Web.Data.WorkspaceCounter>().Select(c => c.Sequence).SingleAsync());
}
