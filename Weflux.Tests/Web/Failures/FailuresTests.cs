using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Failures;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Tests.Web.Failures;

/// <summary>Messages that went wrong come back to whom they concern, and go when they are dealt with.</summary>
public sealed class FailuresTests : IAsyncLifetime
{
    private FailuresWorld _world = null!;

    private Actor Agent => _world.Agent;

    private Actor Manager => _world.Manager;

    private SendAgain SendAgain => _world.Host.Services.GetRequiredService<SendAgain>();

    private LeaveTrouble Leave => _world.Host.Services.GetRequiredService<LeaveTrouble>();

    private SendAllAgain SendAll => _world.Host.Services.GetRequiredService<SendAllAgain>();

    public async ValueTask InitializeAsync() => _world = await FailuresWorld.OpenAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_refused_message_waits_in_its_senders_lane_and_with_the_managers_and_goes_when_it_is_sent_again()
    {
        var conversation = await _world.MeetAsync(1);
        var id = await _world.FailAsync(Agent, conversation, "131000 first line\nsecond line");

        var group = (await _world.Query.GetAsync(Agent, isEverybodys: true))!.Groups.Should().ContainSingle().Subject;
        (group.Key.Code, group.Count, group.Error.Remedy).Should().Be((131000, 1, FaultRemedy.RetryLater));
        group.Error.Sentence.Should().Contain("did not say which");
        var item = group.Items.Should().ContainSingle().Subject;
        (item.Customer, item.Line, item.Author).Should().Be(("Customer 1", "131000 first line second line", Agent.Name));
        item.Fault!.Code.Should().Be(131000);
        (await _world.LaneAsync(Manager, isEverybodys: true)).Should().Equal(id);
        (await _world.LaneAsync(Manager)).Should().BeEmpty("it is not the Manager's own");
        (await _world.LaneAsync(await _world.Host.ActorAsync("agent2@demo.test"), isEverybodys: true)).Should().BeEmpty();
        (await _world.LaneAsync(await _world.Host.ActorAsync("admin@demo-two.test", "demo-two"), isEverybodys: true)).Should().BeEmpty();

        _world.Graph.Answer = (context, _, nth) => GraphStub.AcceptAsync(context, $"wamid.again.{nth}");
        var again = (await SendAgain.ExecuteAsync(Agent, id, Guid.NewGuid()))!.MessageId!.Value;

        (await _world.TroublesAsync()).Should().BeEmpty();
        await _world.SeeAsync(again, DeliveryStatus.Sent);
        (await _world.TroublesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_was_not_confirmed_waits_until_it_proves_delivered()
    {
        var id = await _world.LoseAsync(Agent, await _world.MeetAsync(1));

        var group = (await _world.Query.GetAsync(Agent, isEverybodys: false))!.Groups.Should().ContainSingle().Subject;
        (group.Key.Code, group.IsUnsure).Should().Be((OwnFaults.NotConfirmed, true));

        await _world.ReportAsync(id, "delivered");

        await _world.SeeAsync(id, DeliveryStatus.Delivered);
        (await _world.TroublesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_that_fails_after_it_was_sent_comes_back_and_one_that_was_not_confirmed_changes_its_cause()
    {
        var conversation = await _world.MeetAsync(1);
        var sent = await _world.SayAsync(Agent, conversation, "hello");
        await _world.SeeAsync(sent, DeliveryStatus.Sent);
        (await _world.TroublesAsync()).Should().BeEmpty();
        await _world.ReportAsync(sent, "failed");
        (await _world.TroublesAsync()).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { MessageId = sent, Code = 131026, AuthorId = (UserId?)Agent.User, ConversationId = conversation });

        var lost = await _world.LoseAsync(Agent, await _world.MeetAsync(2));
        await _world.ReportAsync(lost, "failed");

        (await _world.TroublesAsync()).Select(t => (t.MessageId, t.Code)).Should().Equal((sent, 131026), (lost, 131026));
    }

    [Fact]
    public async Task A_late_failure_of_a_message_that_was_sent_again_does_not_come_back_and_a_late_delivery_is_told_in_the_thread()
    {
        var conversation = await _world.MeetAsync(1);
        var (failed, arrived) = (await _world.LoseAsync(Agent, conversation), await _world.LoseAsync(Agent, conversation));
        _world.Graph.Answer = (context, _, nth) => GraphStub.AcceptAsync(context, $"wamid.again.{nth}");
        await SendAgain.ExecuteAsync(Agent, failed, Guid.NewGuid());
        var second = (await SendAgain.ExecuteAsync(Agent, arrived, Guid.NewGuid()))!.MessageId!.Value;
        await _world.SeeAsync(second, DeliveryStatus.Sent);
        var thread = _world.Host.Services.GetRequiredService<ThreadQuery>();
        var seen = (await thread.GetAsync(Agent, conversation))!;
        seen.Messages.Should().NotContain(m => m.IsRepeatOfArrived);

        await _world.ReportAsync(failed, "failed");
        await _world.ReportAsync(arrived, "delivered");

        await _world.SeeAsync(failed, DeliveryStatus.Failed);
        await _world.SeeAsync(arrived, DeliveryStatus.Delivered);
        (await _world.TroublesAsync()).Should().BeEmpty();
        var changes = (await thread.ChangesAsync(Agent, conversation, seen.ChangeSequence))!.Messages;
        changes.Should().Contain(m => m.Id == arrived && m.Status == DeliveryStatus.Delivered)
            .And.ContainSingle(m => m.IsRepeatOfArrived).Which.Id.Should().Be(second);
    }

    [Fact]
    public async Task What_is_left_goes_from_the_lane_stays_as_it_is_and_is_told_to_open_threads()
    {
        var conversation = await _world.MeetAsync(1);
        var (one, two) = (await _world.FailAsync(Agent, conversation), await _world.FailAsync(Agent, conversation));
        var thread = _world.Host.Services.GetRequiredService<ThreadQuery>();
        var seen = (await thread.GetAsync(Agent, conversation))!;
        seen.Messages.Where(m => m.Way?.IsOpen == true).Select(m => m.Id).Should().Equal(one, two);

        (await Leave.ExecuteAsync(await _world.Host.ActorAsync("agent2@demo.test"), one)).Should().BeFalse("the conversation is not theirs");
        (await Leave.ExecuteAsync(Agent, one)).Should().BeTrue();
        (await Leave.ExecuteAsync(Agent, one)).Should().BeFalse("it is gone");
        (await _world.LaneAsync(Agent)).Should().Equal(two);
        var changed = (await thread.ChangesAsync(Agent, conversation, seen.ChangeSequence))!.Messages.Should().ContainSingle().Subject;
        (changed.Id, changed.Way!.IsOpen, changed.Status).Should().Be((one, false, DeliveryStatus.Failed));

        // The same report once more is no news.
        await _world.ReportAsync(one, "failed");
        (await _world.LaneAsync(Agent)).Should().Equal(two);

        var group = (await _world.Query.GetAsync(Agent, isEverybodys: false))!.Groups.Single();
        (await Leave.ExecuteAllAsync(Agent, new TroubleCause(group.Key.Code, group.Key.ConnectionId, IsEverybodys: false, group.NewestId))).Should().Be(1);
        (await _world.TroublesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task What_its_author_may_not_see_any_more_is_for_managers_alone()
    {
        var conversation = await _world.MeetAsync(1);
        var id = await _world.FailAsync(Agent, conversation);
        var other = await _world.Host.ActorAsync("agent2@demo.test");
        await _world.Host.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == conversation)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, (UserId?)other.User)));

        (await _world.LaneAsync(Agent)).Should().BeEmpty();
        (await _world.LaneAsync(other)).Should().BeEmpty();
        (await _world.LaneAsync(Manager, isEverybodys: true)).Should().Equal(id);
        var count = _world.Host.Services.GetRequiredService<TroubleCountQuery>();
        (await count.GetAsync(Agent)).Count.Should().Be(0);
        (await count.GetAsync(Manager)).Count.Should().Be(1);
    }

    [Fact]
    public async Task An_agent_who_sees_every_conversation_still_has_a_lane_of_their_own()
    {
        await _world.FailAsync(Agent, await _world.MeetAsync(1));
        var all = Agent with { Settings = Agent.Settings with { Visibility = AgentVisibility.All } };
        var other = (await _world.Host.ActorAsync("agent2@demo.test")) with { Settings = all.Settings };

        (await _world.LaneAsync(all, isEverybodys: true)).Should().HaveCount(1);
        (await _world.LaneAsync(other, isEverybodys: true)).Should().BeEmpty();
    }

    [Fact]
    public async Task Everything_of_one_cause_is_sent_again_in_order_once_and_what_may_not_leave_says_why()
    {
        var closing = await _world.MeetAsync(1);
        var refused = await _world.FailAsync(Agent, closing, "131000 too late");
        _world.Host.Clock.Advance(TimeSpan.FromHours(23));
        var open = await _world.MeetAsync(2);
        var (first, second) = (await _world.FailAsync(Agent, open, "131000 first"), await _world.FailAsync(Agent, open, "131000 second"));
        var elsewhere = await _world.FailAsync(Agent, open, "131026 another cause");
        var mine = await _world.FailAsync(Manager, await _world.MeetAsync(3), "131000 the Manager's");
        _world.Host.Clock.Advance(TimeSpan.FromHours(2));
        _world.Graph.Sends.Clear();
        _world.Graph.Answer = (context, _, nth) => GraphStub.AcceptAsync(context, $"wamid.again.{nth}");
        var group = (await _world.Query.GetAsync(Agent, isEverybodys: false))!.Groups.Single(g => g.Key.Code == 131000);
        var cause = new TroubleCause(131000, group.Key.ConnectionId, IsEverybodys: false, group.NewestId);

        // Two clicks at once.
        var results = await Task.WhenAll(SendAll.ExecuteAsync(Agent, cause), SendAll.ExecuteAsync(Agent, cause));

        results.Sum(r => r!.Sent).Should().Be(2);
        results.SelectMany(r => r!.Refused).Should().NotBeEmpty().And.AllBeOfType<NeedsTemplate>();
        await Eventually.BeAsync(async () => await _world.Host.ReadAsync(db => db.Set<Message>().CountAsync(m => m.ResendOfId != null && m.Status == DeliveryStatus.Sent)) == 2);
        _world.Graph.Sends.Select(s => s["text"]!["body"]!.GetValue<string>()).Should().Equal("131000 first", "131000 second");
        (await _world.TroublesAsync()).Select(t => t.MessageId).Should().Equal(refused, elsewhere, mine);
        (await _world.Host.MessagesAsync()).Select(m => m.ResendOfId).OfType<long>().Should().Equal(first, second);
    }

    [Fact]
    public async Task A_second_click_does_not_send_what_failed_because_of_the_first()
    {
        var conversation = await _world.MeetAsync(1);
        await _world.FailAsync(Agent, conversation, "131000 again and again");
        var group = (await _world.Query.GetAsync(Agent, isEverybodys: false))!.Groups.Single();
        var cause = new TroubleCause(131000, group.Key.ConnectionId, IsEverybodys: false, group.NewestId);
        (await SendAll.ExecuteAsync(Agent, cause))!.Sent.Should().Be(1);
        await Eventually.BeAsync(async () => (await _world.TroublesAsync()).Count == 1);

        (await SendAll.ExecuteAsync(Agent, cause))!.Sent.Should().Be(0);

        _world.Graph.Sends.Should().HaveCount(2);
    }

    [Fact]
    public async Task Causes_are_grouped_by_code_and_number_newest_first_and_their_messages_come_in_pages()
    {
        var conversation = await _world.MeetAsync(1);
        await _world.FailAsync(Agent, conversation, "131026 a");
        for (var i = 0; i < FailuresQuery.PageSize + 3; i++)
        {
            await _world.FailAsync(Agent, conversation, $"131000 {i}");
        }

        var groups = (await _world.Query.GetAsync(Manager, isEverybodys: true))!.Groups;
        groups.Select(g => (g.Key.Code, g.Count, g.HasMore)).Should().Equal((131000, FailuresQuery.PageSize + 3, true), (131026, 1, false));
        groups[0].Items.Select(i => i.Line).Should().StartWith("131000 12").And.HaveCount(FailuresQuery.PageSize);

        var more = await _world.Query.MoreAsync(Manager, isEverybodys: true, groups[0].Key, groups[0].Items[^1].Way.MessageId);

        more.Select(i => i.Line).Should().Equal("131000 2", "131000 1", "131000 0");
        var wide = await _world.Query.GetAsync(Manager, isEverybodys: true, new Dictionary<FailureKey, int> { [groups[0].Key] = 13 });
        wide!.Groups[0].Items.Should().HaveCount(13);
    }

    [Fact]
    public async Task Who_is_no_admin_is_told_whom_to_ask_and_numbers_stay_masked()
    {
        var conversation = await _world.MeetAsync(1);
        await _world.Host.ReadAsync(db => db.Set<Weflux.Domain.Contacts.Contact>().ExecuteUpdateAsync(set => set.SetProperty(c => c.ProfileName, "")));
        await _world.FailAsync(Agent, conversation, "131042 who pays?");

        var item = (await _world.Query.GetAsync(Agent, isEverybodys: false))!.Groups.Single().Items.Single();
        item.Way.Admins.Should().Be("Priya Nair");
        item.Way.Advice.Should().BeNull();
        item.Customer.Should().NotContain("91940").And.NotBeEmpty();

        var admin = await _world.Host.ActorAsync("admin@demo.test");
        var theirs = (await _world.Query.GetAsync(admin, isEverybodys: true))!.Groups.Single().Items.Single();
        theirs.Way.Admins.Should().BeEmpty();
        theirs.Way.Advice.Should().Contain("payment");
    }
}
