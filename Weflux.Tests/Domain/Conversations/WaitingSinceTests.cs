using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Conversations;

public sealed class WaitingSinceTests
{
    [Fact]
    public void A_customer_waits_since_the_first_thing_that_nobody_answered()
    {
        var conversation = Given.Conversation();
        conversation.WaitingSince.Should().BeNull();

        Hear(conversation, 10, 1);
        Hear(conversation, 500, 2);
        conversation.WaitingSince.Should().Be(Given.Second(10));

        conversation.Reply(Given.Reply(conversation, Given.Second(600), 3));
        Hear(conversation, 700, 4);
        conversation.WaitingSince.Should().Be(Given.Second(700), "what was answered is over");
    }

    [Fact]
    public void What_was_said_earlier_and_comes_later_counts()
    {
        var conversation = Given.Conversation();

        Hear(conversation, 50, 1);
        conversation.Receive(Given.Said(new TextContent("first"), Given.Second(20), Given.Second(60), "wamid.2"), 2);

        conversation.WaitingSince.Should().Be(Given.Second(20));
    }

    [Fact]
    public void A_snooze_does_not_shorten_the_wait_and_whoever_needs_no_reply_does_not_wait()
    {
        var conversation = Given.Conversation();
        Hear(conversation, 10, 1);

        conversation.Snooze(Given.Second(3600), Given.Second(20));
        conversation.Reopen();
        conversation.WaitingSince.Should().Be(Given.Second(10));

        conversation.MarkNoReplyNeeded();
        conversation.WaitingSince.Should().BeNull();

        Hear(conversation, 30, 2);
        conversation.Close();
        conversation.WaitingSince.Should().BeNull();
    }

    [Fact]
    public void Who_gets_an_answer_that_is_taken_back_waits_as_long_as_before()
    {
        var conversation = Given.Conversation();
        var said = Hear(conversation, 10, 1);
        var before = conversation.Standing;
        var reply = Given.Reply(conversation, Given.Second(60));
        conversation.Reply(reply);
        conversation.WaitingSince.Should().BeNull();

        conversation.TakeBack(reply, before, said, 3);

        conversation.WaitingSince.Should().Be(Given.Second(10));
    }

    [Theory]
    [InlineData(10, 40)]
    [InlineData(40, 10)]
    public void Of_two_threads_that_become_one_the_longer_wait_counts(int one, int other)
    {
        var (first, second) = (Given.Conversation(), Given.Conversation());
        Hear(first, one, 1);
        Hear(second, other, 2);

        first.Absorb(second);

        first.WaitingSince.Should().Be(Given.Second(10));
        first.NeedsReply.Should().BeTrue();
    }

    [Fact]
    public void A_thread_that_was_answered_last_waits_no_longer_whatever_joins_it()
    {
        var (first, second) = (Given.Conversation(), Given.Conversation());
        Hear(first, 10, 1);
        Hear(second, 20, 2);
        second.Reply(Given.Reply(second, Given.Second(30), 3));

        first.Absorb(second);

        (first.NeedsReply, first.WaitingSince).Should().Be((false, (DateTimeOffset?)null));
    }

    private static Message Hear(Conversation conversation, int second, long sequence) =>
        conversation.Receive(Given.Said(new TextContent("Hello?"), Given.Second(second), id: $"wamid.{sequence}"), sequence).Message;
}
