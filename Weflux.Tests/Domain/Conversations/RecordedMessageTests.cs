using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Conversations;

/// <summary>What was said without Weflux, and what is said in groups.</summary>
public sealed class RecordedMessageTests
{
    [Theory]
    [InlineData(MessageOrigin.PhoneApp, MessageDirection.Out)]
    [InlineData(MessageOrigin.History, MessageDirection.In)]
    [InlineData(MessageOrigin.History, MessageDirection.Out)]
    public void It_opens_no_window_and_is_unread_for_nobody(MessageOrigin origin, MessageDirection direction)
    {
        var conversation = Given.Conversation();

        File(conversation, origin, direction, Given.Noon, 1);

        conversation.Window.IsOpenAt(Given.Second(1)).Should().BeFalse();
        (conversation.InboundCount, conversation.NeedsReply, conversation.LastLine).Should().Be((0, false, "Hello"));
    }

    [Fact]
    public void An_answer_on_the_phone_answers_the_customer_and_takes_nothing()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hi", Given.Noon), 1);

        File(conversation, MessageOrigin.PhoneApp, MessageDirection.Out, Given.Second(5), 2);

        (conversation.NeedsReply, conversation.AssigneeId).Should().Be((false, (UserId?)null));
    }

    [Theory]
    [InlineData(MessageOrigin.PhoneApp, -5)]
    [InlineData(MessageOrigin.History, 5)]
    public void What_is_older_or_history_answers_nobody(MessageOrigin origin, int second)
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hi", Given.Noon), 1);

        File(conversation, origin, MessageDirection.Out, Given.Second(second), 2);

        conversation.NeedsReply.Should().BeTrue();
    }

    [Fact]
    public void A_time_in_the_future_is_cut_to_when_it_came()
    {
        var said = new InboundMessage("wamid.1", new TextContent("Hello"), null, Given.Noon.AddYears(1), Given.Noon, null);

        Message.Recorded(Given.Conversation(), new RecordedMessage(said, MessageDirection.Out, MessageOrigin.PhoneApp, DeliveryStatus.Sent), 1)
            .SaidAt.Should().Be(Given.Noon);
    }

    [Fact]
    public void A_placeholder_is_completed_once_and_shown_anew()
    {
        var conversation = Given.Conversation();
        var said = new InboundMessage("wamid.1", new UnsupportedContent("media_placeholder", []), null, Given.Noon, Given.Noon, "{}");
        var message = Message.Recorded(conversation, new RecordedMessage(said, MessageDirection.In, MessageOrigin.History, DeliveryStatus.None), 1);
        conversation.File(message);
        var voice = new AudioContent(new MediaReference("9", "audio/ogg", ""), IsVoice: true);

        message.Complete(new UnsupportedContent("image", []), null, 2).Should().BeFalse("that says no more than before");
        message.Complete(voice, null, 3).Should().BeTrue();
        conversation.ShowContent(message);
        message.Complete(new TextContent("other"), null, 4).Should().BeFalse("it is complete");

        (message.Content, message.Raw, message.ChangeSequence).Should().Be((voice, null, 3));
        (conversation.LastKind, conversation.LastLine).Should().Be(("voice", ""));
    }

    [Theory]
    [InlineData(true, "voice")]
    [InlineData(false, "audio")]
    public void A_voice_note_is_told_from_a_sound_file(bool isVoice, string kind)
    {
        MessageContent content = new AudioContent(new MediaReference("9", "audio/ogg", ""), isVoice);
        (content.ShownKind, content.Kind).Should().Be((kind, "audio"));
    }

    [Fact]
    public void A_customers_own_message_is_not_filed_as_if_it_were_history() =>
        Given.Conversation().Invoking(c => c.File(Message.FromCustomer(c, Given.Said("Hi", Given.Noon), 1))).Should().Throw<ArgumentException>();

    [Fact]
    public void A_group_opens_no_window_and_waits_for_no_answer_but_is_unread()
    {
        var group = Conversation.Start(Given.Workspace, 3, 5, Given.Noon, isGroup: true);

        group.Receive(Given.Said("Hi all", Given.Noon), 1);

        (group.NeedsReply, group.InboundCount, group.Window.IsOpenAt(Given.Second(1))).Should().Be((false, 1, false));
    }

    [Fact]
    public void A_reaction_of_ours_answers_nothing_and_takes_nothing()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hi", Given.Noon), 1);

        conversation.Reply(Message.ToCustomer(conversation, new ReactionContent("wamid.in", "👍"), Given.Asha, null, 2, Given.Second(3)));

        (conversation.NeedsReply, conversation.AssigneeId).Should().Be((true, (UserId?)null));
    }

    [Fact]
    public void What_a_program_sends_answers_the_customer_and_is_nobodys()
    {
        var conversation = Given.Conversation();
        conversation.Receive(Given.Said("Hi", Given.Noon), 1);
        var message = Message.ToCustomer(conversation, new TextContent("Hello"), default(UserId), null, 2, Given.Second(3), isOfProgram: true);

        conversation.Reply(message);

        (message.Origin, message.AuthorId, conversation.AssigneeId, conversation.NeedsReply).Should().Be((MessageOrigin.Api, (UserId?)null, (UserId?)null, false));
    }

    [Theory]
    [InlineData(ReadReceipts.WhenOpened, Role.Agent, "nobody's", true)]
    [InlineData(ReadReceipts.WhenOpened, Role.Agent, "own", true)]
    [InlineData(ReadReceipts.WhenOpened, Role.Agent, "another's", false)]
    [InlineData(ReadReceipts.WhenOpened, Role.Manager, "own", true)]
    [InlineData(ReadReceipts.WhenOpened, Role.Manager, "nobody's", false)]
    [InlineData(ReadReceipts.WhenOpened, Role.Admin, "another's", false)]
    [InlineData(ReadReceipts.WhenReplied, Role.Agent, "own", false)]
    [InlineData(ReadReceipts.Never, Role.Agent, "own", false)]
    public void Only_who_works_a_conversation_tells_the_customer_that_it_was_opened(ReadReceipts choice, Role role, string held, bool tells)
    {
        var actor = new Actor(Given.Workspace, Given.Asha, "Asha", role, AgentSettings.Default);
        UserId? assignee = held switch { "own" => Given.Asha, "another's" => Given.Ravi, _ => null };

        choice.TellsOnOpening(actor, assignee).Should().Be(tells);
        choice.TellsOnTyping(actor, assignee).Should().Be(tells);
    }

    private static void File(Conversation conversation, MessageOrigin origin, MessageDirection direction, DateTimeOffset at, long sequence) =>
        conversation.File(Message.Recorded(
            conversation, new RecordedMessage(Given.Said(new TextContent("Hello"), at, id: $"wamid.{sequence}"), direction, origin, DeliveryStatus.Read), sequence));
}
