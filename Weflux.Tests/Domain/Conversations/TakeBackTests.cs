using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Conversations;

public sealed class TakeBackTests
{
    [Fact]
    public void A_conversation_stands_as_before_when_its_reply_is_taken_back()
    {
        var conversation = Given.Conversation();
        var said = conversation.Receive(Given.Said(new TextContent("Hello?"), Given.Noon), 1).Message;
        var (before, version) = (conversation.Standing, conversation.Version);
        var reply = Reply(conversation, 2);

        conversation.TakeBack(reply, before, said, 3);

        (conversation.Standing, conversation.LastLine, conversation.LastSequence, conversation.LastDirection, conversation.LastTakenBack)
            .Should().Be((before, "Hello?", 1, MessageDirection.In, 3));
        before.Should().Be(new Standing(ConversationState.Open, null, NeedsReply: true, AssigneeId: null, Given.Noon));
        conversation.Version.Should().BeGreaterThan(version + 1);
    }

    [Fact]
    public void What_happened_since_stays_as_it_is()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said(new TextContent("Hello?"), Given.Noon), 1);
        conversation.Close();
        var before = conversation.Standing;
        var reply = Reply(conversation, 2);
        var newer = conversation.Receive(Given.Said(new TextContent("Anybody?"), Given.Noon.AddMinutes(2)), 3).Message;
        conversation.Assign(Given.Ravi);

        conversation.TakeBack(reply, before, newer, 4);

        (conversation.State, conversation.NeedsReply, conversation.AssigneeId, conversation.LastLine)
            .Should().Be((ConversationState.Open, true, Given.Ravi, "Anybody?"));
    }

    [Fact]
    public void A_thread_whose_only_message_is_taken_back_has_none()
    {
        var conversation = Given.Conversation();
        var before = conversation.Standing;

        conversation.TakeBack(Reply(conversation, 1), before, newest: null, 2);

        (conversation.LastLine, conversation.LastKind, conversation.LastSequence, conversation.LastStatus).Should().Be(("", "", 0, DeliveryStatus.None));
    }

    private static Message Reply(Conversation conversation, long sequence)
    {
        var reply = Message.ToCustomer(conversation, new TextContent("Hi"), Given.Asha, Guid.NewGuid(), sequence, Given.Noon.AddMinutes(1));
        conversation.Reply(reply);
        return reply;
    }
}
