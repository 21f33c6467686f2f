using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ConversationWorkTests
{
    [Fact]
    public void Reply_takes_an_unassigned_conversation_and_answers_it()
    {
        var conversation = Received();

        conversation.Reply(Given.Reply(conversation, Given.Second(5)));

        conversation.AssigneeId.Should().Be(Given.Asha);
        conversation.NeedsReply.Should().BeFalse();
        conversation.LastDirection.Should().Be(MessageDirection.Out);
        conversation.LastStatus.Should().Be(DeliveryStatus.Queued);
        conversation.LastLine.Should().Be("On its way");
        conversation.LastWhatsAppId.Should().BeNull();
    }

    [Fact]
    public void Reply_of_somebody_else_leaves_the_conversation_with_whoever_holds_it()
    {
        var conversation = Received();
        conversation.Assign(Given.Ravi);

        conversation.Reply(Given.Reply(conversation, Given.Second(5)));

        conversation.AssigneeId.Should().Be(Given.Ravi);
    }

    [Fact]
    public void Reply_puts_a_snoozed_conversation_back_into_the_list()
    {
        var conversation = Received();
        conversation.Snooze(Given.Second(60), Given.Noon);

        conversation.Reply(Given.Reply(conversation, Given.Second(5)));

        conversation.State.Should().Be(ConversationState.Open);
        conversation.SnoozedUntil.Should().BeNull();
    }

    [Fact]
    public void Reply_neither_opens_nor_extends_the_window()
    {
        var conversation = Received();

        conversation.Reply(Given.Reply(conversation, Given.Noon.AddHours(5)));

        conversation.LastCustomerActAt.Should().Be(Given.Noon);
        conversation.InboundCount.Should().Be(1);
    }

    [Fact]
    public void Stop_confirmation_neither_takes_nor_answers_nor_reopens()
    {
        var conversation = Received();
        conversation.Snooze(Given.Second(60), Given.Noon);

        conversation.Reply(Given.StopConfirmation(conversation, Given.Second(5)));

        conversation.AssigneeId.Should().BeNull();
        conversation.NeedsReply.Should().BeTrue();
        conversation.State.Should().Be(ConversationState.Snoozed);
        conversation.SnoozedUntil.Should().Be(Given.Second(60));
        conversation.LastLine.Should().Be("You will not hear from us.");
    }

    [Fact]
    public void Customers_message_is_not_taken_for_a_reply()
    {
        var conversation = Given.Conversation();
        var inbound = conversation.Receive(Given.Said("Hello", Given.Noon), 1).Message;

        var reply = () => conversation.Reply(inbound);

        reply.Should().Throw<ArgumentException>().WithMessage("*not a reply*");
    }

    [Fact]
    public void List_shows_the_status_of_the_newest_message_only()
    {
        var conversation = Received();
        var first = Given.Reply(conversation, Given.Second(5), sequence: 2);
        var second = Given.Reply(conversation, Given.Second(6), sequence: 3);
        conversation.Reply(first);
        conversation.Reply(second);

        first.Accept("wamid.first", 4);
        conversation.ShowStatus(first);
        conversation.LastStatus.Should().Be(DeliveryStatus.Queued);
        conversation.LastWhatsAppId.Should().BeNull();

        second.Accept("wamid.second", 5);
        conversation.ShowStatus(second);
        conversation.LastStatus.Should().Be(DeliveryStatus.Sent);
        conversation.LastWhatsAppId.Should().Be("wamid.second");
    }

    [Fact]
    public void No_reply_needed_is_said_once()
    {
        var conversation = Received();

        conversation.MarkNoReplyNeeded().Should().BeTrue();
        conversation.NeedsReply.Should().BeFalse();
        conversation.MarkNoReplyNeeded().Should().BeFalse();
    }

    [Fact]
    public void Customers_next_message_asks_for_a_reply_again()
    {
        var conversation = Received();
        conversation.MarkNoReplyNeeded();

        conversation.Receive(Given.Said("Still there?", Given.Second(5)), 2);

        conversation.NeedsReply.Should().BeTrue();
    }

    [Fact]
    public void Assigning_changes_only_who_holds_it()
    {
        var conversation = Received();

        conversation.Assign(Given.Ravi).Should().BeTrue();
        conversation.AssigneeId.Should().Be(Given.Ravi);
        conversation.Assign(Given.Ravi).Should().BeFalse();
        conversation.Assign(null).Should().BeTrue();
        conversation.AssigneeId.Should().BeNull();
        conversation.NeedsReply.Should().BeTrue();
        conversation.State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public void Snooze_lasts_until_its_time_and_the_customer_is_still_waiting()
    {
        var conversation = Received();

        conversation.Snooze(Given.Noon.AddTicks(1), Given.Noon);

        conversation.State.Should().Be(ConversationState.Snoozed);
        conversation.SnoozedUntil.Should().Be(Given.Noon.AddTicks(1));
        conversation.NeedsReply.Should().BeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Snooze_into_the_past_is_refused_and_changes_nothing(int ticks)
    {
        var conversation = Received();

        var snooze = () => conversation.Snooze(Given.Noon.AddTicks(ticks), Given.Noon);

        snooze.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("until");
        conversation.State.Should().Be(ConversationState.Open);
    }

    [Fact]
    public void Closing_ends_the_work_and_reopening_brings_it_back_without_asking_for_a_reply()
    {
        var conversation = Received();
        conversation.Snooze(Given.Second(60), Given.Noon);

        conversation.Close();
        conversation.State.Should().Be(ConversationState.Closed);
        conversation.SnoozedUntil.Should().BeNull();
        conversation.NeedsReply.Should().BeFalse();

        conversation.Reopen();
        conversation.State.Should().Be(ConversationState.Open);
        conversation.NeedsReply.Should().BeFalse();
    }

    [Fact]
    public void Reopening_ends_a_snooze()
    {
        var conversation = Received();
        conversation.Snooze(Given.Second(60), Given.Noon);

        conversation.Reopen();

        conversation.State.Should().Be(ConversationState.Open);
        conversation.SnoozedUntil.Should().BeNull();
    }

    [Fact]
    public void Working_on_a_conversation_never_touches_its_window()
    {
        var conversation = Received();
        var window = conversation.Window;

        conversation.Close();
        conversation.Reopen();
        conversation.Snooze(Given.Second(60), Given.Noon);
        conversation.Assign(Given.Asha);

        conversation.Window.Should().Be(window);
    }

    [Fact]
    public void Every_change_raises_the_version_by_one_and_nothing_else_does() =>
        Gen.Int[0, 9].Array[1, 20].Sample(steps =>
        {
            var conversation = Given.Conversation();
            for (var i = 0; i < steps.Length; i++)
            {
                var before = conversation.Version;
                var changed = Step(conversation, steps[i], i + 1);
                conversation.Version.Should().Be(changed ? before + 1 : before);
            }
        }, iter: Fuzz.Iterations(500));

    private static bool Step(Conversation conversation, int step, int sequence)
    {
        switch (step)
        {
            case 0:
                conversation.Receive(Given.Said("Hello", Given.Second(sequence)), sequence);
                return true;
            case 1:
                conversation.Receive(Given.Said(new ReactionContent("wamid.0", null), Given.Second(-sequence)), sequence);
                return true;
            case 2:
                conversation.Reply(Given.Reply(conversation, Given.Second(sequence), sequence));
                return true;
            case 3:
                return conversation.Assign(conversation.Version % 2 == 0 ? Given.Asha : null);
            case 4:
                return conversation.MarkNoReplyNeeded();
            case 5:
                conversation.Snooze(Given.Second(1000), Given.Noon);
                return true;
            case 6:
                conversation.Close();
                return true;
            case 7:
                conversation.Reopen();
                return true;
            case 8:
                conversation.ShowContact();
                return true;
            default:
                conversation.ShowStatus(Given.Reply(conversation, Given.Noon, sequence));
                return true;
        }
    }

    private static Conversation Received()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hello", Given.Noon), 1);
        return conversation;
    }
}
