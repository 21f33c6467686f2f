using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ConversationEventTests
{
    [Fact]
    public void What_is_told_raises_the_version_and_moves_the_mark_forward_only()
    {
        var conversation = Given.Conversation();

        var told = conversation.Tell(ConversationEventKind.NoReplyNeeded, Given.Asha, Given.Noon, 9);
        conversation.Tell(ConversationEventKind.SnoozeEnded, null, Given.Noon, 4);

        conversation.LastWorkSequence.Should().Be(9);
        conversation.Version.Should().Be(2);
        told.Should().BeEquivalentTo(new
        {
            Kind = ConversationEventKind.NoReplyNeeded,
            ActorId = Given.Asha,
            At = Given.Noon,
            Sequence = 9L,
            WorkspaceId = Given.Workspace,
            Reason = (AssignmentReason?)null,
        });
    }

    [Fact]
    public void A_first_reply_tells_that_it_took_the_conversation_and_opened_it()
    {
        var conversation = Given.Conversation();
        conversation.Close();
        var before = conversation.Standing;
        var reply = Given.Reply(conversation, Given.Second(5), sequence: 7);
        conversation.Reply(reply);

        var told = conversation.TellReply(before, reply, Given.Second(6)).ToList();

        told.Select(t => (t.Kind, t.Reason, t.SubjectId, t.Sequence, t.At)).Should().Equal(
            (ConversationEventKind.Reopened, null, null, 7, Given.Second(6)),
            (ConversationEventKind.Taken, AssignmentReason.RepliedFirst, Given.Asha.Value, 7, Given.Second(6)));
    }

    [Fact]
    public void A_reply_of_whoever_holds_an_open_conversation_tells_nothing()
    {
        var conversation = Given.Conversation();
        conversation.Assign(Given.Asha);
        var before = conversation.Standing;
        var reply = Given.Reply(conversation, Given.Second(5));
        conversation.Reply(reply);

        conversation.TellReply(before, reply, Given.Second(6)).Should().BeEmpty();
        conversation.LastWorkSequence.Should().Be(0);
    }

    [Theory]
    [InlineData("STOP", ConversationEventKind.OptedOut)]
    [InlineData("START", ConversationEventKind.OptedIn)]
    public void A_word_of_consent_is_told_as_what_it_decided(string word, ConversationEventKind kind)
    {
        var contact = Given.Contact();
        contact.HearWords(new TextContent("STOP"), OptOutWords.BuiltIn, "wamid.0", Given.Noon.AddHours(-1));
        if (word == "STOP")
        {
            contact = Given.Contact();
        }

        var entry = contact.HearWords(new TextContent(word), OptOutWords.BuiltIn, "wamid.1", Given.Noon)!;

        Given.Conversation().TellConsent(entry, Given.Noon, 3).Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData(true, ConversationEventKind.MarketingStopped)]
    [InlineData(false, ConversationEventKind.MarketingResumed)]
    public void A_preference_is_told_as_being_about_marketing(bool isStopped, ConversationEventKind kind)
    {
        var contact = Given.Contact();
        var entry = contact.HearMarketingPreference(true, ConsentSource.PlatformPreference, "stop", Given.Noon.AddHours(-1))!;
        if (!isStopped)
        {
            entry = contact.HearMarketingPreference(false, ConsentSource.PlatformPreference, "resume", Given.Noon)!;
        }

        Given.Conversation().TellConsent(entry, Given.Noon, 3).Kind.Should().Be(kind);
    }

    [Fact]
    public void Labels_snoozes_and_closings_carry_what_they_are_about()
    {
        var conversation = Given.Conversation();
        conversation.Snooze(Given.Second(60), Given.Noon);

        conversation.TellSnoozed(Given.Asha, Given.Noon, 1).Until.Should().Be(Given.Second(60));
        conversation.TellClosed(Given.Asha, Given.Noon, 2, "Solved").Words.Should().Be("Solved");
        var label = Label.Make(Given.Workspace, "Refund", LabelColor.Red);
        conversation.TellLabelled(isOn: true, label, Given.Asha, Given.Noon, 3).Should().BeEquivalentTo(new { Kind = ConversationEventKind.LabelAdded, Words = "Refund" });
        conversation.TellLabelled(isOn: false, label, Given.Asha, Given.Noon, 4).Kind.Should().Be(ConversationEventKind.LabelRemoved);
        conversation.LastWorkSequence.Should().Be(4);
    }

    [Fact]
    public void A_thread_that_joins_another_one_leaves_the_later_mark()
    {
        var (one, other) = (Given.Conversation(), Given.Conversation());
        one.ShowWork(4);
        other.ShowWork(9);

        one.Absorb(other);

        one.LastWorkSequence.Should().Be(9);
    }
}
