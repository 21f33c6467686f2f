using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ConversationReceiveTests
{
    public static TheoryData<string> Rows => MessageContentRows.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_kind_opens_the_window_and_asks_for_a_reply_as_its_row_says(string row)
    {
        var expected = MessageContentRows.All[row];
        var conversation = Given.Conversation();

        var outcome = conversation.Receive(Given.Said(expected.Content, Given.Noon, Given.Second(5)), 1);

        conversation.Window.IsOpenAt(Given.Second(5)).Should().Be(expected.OpensWindow);
        conversation.LastCustomerActAt.Should().Be(expected.OpensWindow ? Given.Noon : null);
        outcome.HasOpenedWindow.Should().Be(expected.OpensWindow);
        conversation.NeedsReply.Should().Be(expected.AsksForReply);
        conversation.LastKind.Should().Be(expected.Content.LineKind);
        conversation.LastLine.Should().Be(expected.Content.Line);
        conversation.InboundCount.Should().Be(expected.Content is SystemContent ? 0 : 1);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_kind_that_asks_for_a_reply_reopens_and_no_other(string row)
    {
        var expected = MessageContentRows.All[row];
        var conversation = Given.Conversation();
        conversation.Close();

        var outcome = conversation.Receive(Given.Said(expected.Content, Given.Noon), 1);

        outcome.HasReopened.Should().Be(expected.AsksForReply);
        conversation.State.Should().Be(expected.AsksForReply ? ConversationState.Open : ConversationState.Closed);
    }

    [Fact]
    public void New_conversation_is_open_silent_and_held_by_nobody()
    {
        var conversation = Given.Conversation();

        conversation.Should().BeEquivalentTo(new
        {
            Given.Workspace.Value,
            ContactId = 3L,
            ConnectionId = 5L,
            State = ConversationState.Open,
            SnoozedUntil = (DateTimeOffset?)null,
            NeedsReply = false,
            LastActivityAt = Given.Noon,
            LastDirection = MessageDirection.In,
            LastSequence = 0L,
            LastLine = "",
            LastKind = "",
            InboundCount = 0,
            Version = 0L,
        }, o => o.Excluding(x => x.Value));
        conversation.WorkspaceId.Should().Be(Given.Workspace);
        conversation.AssigneeId.Should().BeNull();
        conversation.Window.Should().Be(default(ServiceWindow));
    }

    [Fact]
    public void Customers_message_becomes_the_message_and_the_last_line()
    {
        var conversation = Given.Conversation();
        var inbound = new InboundMessage("wamid.1", new TextContent("Hello"), new MessageContext("wamid.0"), Given.Noon, Given.Second(9), "{}");

        var message = conversation.Receive(inbound, 41).Message;

        message.Should().BeEquivalentTo(new
        {
            WhatsAppId = "wamid.1",
            inbound.Content,
            inbound.Context,
            Raw = "{}",
            Direction = MessageDirection.In,
            Origin = MessageOrigin.Customer,
            ConnectionId = 5L,
            Sequence = 41L,
            ChangeSequence = 41L,
            SaidAt = Given.Noon,
            ReceivedAt = Given.Second(9),
            Status = DeliveryStatus.None,
        });
        message.WorkspaceId.Should().Be(Given.Workspace);
        conversation.LastSequence.Should().Be(41);
        conversation.LastWhatsAppId.Should().Be("wamid.1");
        conversation.LastActivityAt.Should().Be(Given.Noon);
        conversation.LastStatus.Should().Be(DeliveryStatus.None);
    }

    [Fact]
    public void Customers_message_reopens_a_snoozed_conversation_and_keeps_whoever_holds_it()
    {
        var conversation = Given.Conversation();
        conversation.Assign(Given.Ravi);
        conversation.Snooze(Given.Second(60), Given.Noon);

        var outcome = conversation.Receive(Given.Said("Hello", Given.Second(1)), 1);

        outcome.HasReopened.Should().BeTrue();
        conversation.State.Should().Be(ConversationState.Open);
        conversation.SnoozedUntil.Should().BeNull();
        conversation.AssigneeId.Should().Be(Given.Ravi);
    }

    [Fact]
    public void Message_in_an_open_conversation_reopens_nothing() =>
        Given.Conversation().Receive(Given.Said("Hello", Given.Noon), 1).HasReopened.Should().BeFalse();

    [Fact]
    public void Second_message_in_an_open_window_extends_it_without_opening_it()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hello", Given.Noon), 1);

        var outcome = conversation.Receive(Given.Said("Anybody?", Given.Second(60)), 2);

        outcome.HasOpenedWindow.Should().BeFalse();
        conversation.Window.ClosesAt.Should().Be(Given.Second(60).AddHours(24));
    }

    [Fact]
    public void Message_that_took_a_day_to_arrive_opens_no_window()
    {
        var outcome = Given.Conversation().Receive(Given.Said("Hello", Given.Noon, Given.Noon.AddHours(24)), 1);

        outcome.HasOpenedWindow.Should().BeFalse();
    }

    [Fact]
    public void Message_dated_in_the_future_counts_from_when_it_came()
    {
        var conversation = Given.Conversation();

        var message = conversation.Receive(Given.Said("Hello", Given.Noon.AddDays(300), Given.Noon), 1).Message;

        message.SaidAt.Should().Be(Given.Noon);
        conversation.LastActivityAt.Should().Be(Given.Noon);
        conversation.LastCustomerActAt.Should().Be(Given.Noon);
    }

    [Fact]
    public void Late_message_counts_but_does_not_replace_the_last_line()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Second", Given.Second(60)), 1);

        conversation.Receive(Given.Said("First", Given.Second(30), Given.Second(61)), 2);

        conversation.LastLine.Should().Be("Second");
        conversation.LastSequence.Should().Be(1);
        conversation.LastActivityAt.Should().Be(Given.Second(60));
        conversation.LastCustomerActAt.Should().Be(Given.Second(60));
        conversation.InboundCount.Should().Be(2);
    }

    [Fact]
    public void Of_two_messages_of_one_second_the_one_stored_later_is_the_last()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("First", Given.Noon), 1);

        conversation.Receive(Given.Said("Second", Given.Noon), 2);

        conversation.LastLine.Should().Be("Second");
    }

    [Fact]
    public void Of_two_messages_of_one_second_the_one_stored_earlier_is_not_the_last()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Second", Given.Noon), 2);

        conversation.Receive(Given.Said("First", Given.Noon), 1);

        conversation.LastLine.Should().Be("Second");
    }

    [Fact]
    public void Answer_within_the_second_of_our_reply_stands_below_it()
    {
        var conversation = Given.Conversation();
        var reply = Given.Reply(conversation, Given.Noon.AddMilliseconds(700), sequence: 1);
        conversation.Reply(reply);

        var answer = conversation.Receive(Given.Said("Thanks", Given.Noon, Given.Noon.AddMilliseconds(900)), 2).Message;

        (answer.SaidAt, answer.Sequence).Should().BeGreaterThan((reply.SaidAt, reply.Sequence));
        conversation.LastLine.Should().Be("Thanks");
    }

    [Fact]
    public void First_message_is_shown_even_if_it_is_older_than_the_conversation()
    {
        var conversation = Given.Conversation(startedAt: Given.Second(60));

        conversation.Receive(Given.Said("Hello", Given.Noon, Given.Second(60)), 1);

        conversation.LastLine.Should().Be("Hello");
        conversation.LastActivityAt.Should().Be(Given.Noon);
    }

    [Theory]
    [InlineData("two\r\nlines\nof words", "two lines of words")]
    [InlineData("  around  ", "around")]
    [InlineData("a bell\u0007and a\ttab", "a bell and a tab")]
    [InlineData("\u0001zero\u0000", "zero")]
    [InlineData("", "")]
    public void Last_line_is_one_line(string words, string line)
    {
        var conversation = Given.Conversation();

        conversation.Receive(Given.Said(words, Given.Noon), 1);

        conversation.LastLine.Should().Be(line);
    }

    [Theory]
    [InlineData(199, 199)]
    [InlineData(200, 200)]
    [InlineData(201, 200)]
    [InlineData(4096, 200)]
    public void Last_line_is_at_most_200_long(int length, int kept)
    {
        var conversation = Given.Conversation();

        conversation.Receive(Given.Said(new string('a', length), Given.Noon), 1);

        conversation.LastLine.Should().Be(new string('a', kept));
    }

    [Theory]
    [InlineData(198, 200)]
    [InlineData(199, 199)]
    [InlineData(200, 200)]
    public void Last_line_never_ends_in_half_an_emoji(int before, int kept)
    {
        var conversation = Given.Conversation();

        conversation.Receive(Given.Said(new string('a', before) + "🙂🙂", Given.Noon), 1);

        conversation.LastLine.Should().HaveLength(kept);
        char.IsHighSurrogate(conversation.LastLine[^1]).Should().BeFalse();
    }
}
