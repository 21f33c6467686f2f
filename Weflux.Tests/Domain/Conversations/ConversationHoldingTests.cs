using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ConversationHoldingTests
{
    private static readonly DateTimeOffset Until = Given.Noon.AddMinutes(10);

    [Fact]
    public void Whoever_holds_an_open_conversation_asks_a_member_or_a_team_and_keeps_it_meanwhile()
    {
        var conversation = Held();

        conversation.AskMember(Given.Ravi, Until).Should().BeTrue();
        conversation.Holding.Should().Be(new Holding(Given.Asha, null, Given.Ravi));
        conversation.AskedUntil.Should().Be(Until);
        conversation.AskTeam(5, Until.AddMinutes(1)).Should().BeTrue();
        conversation.Holding.Should().Be(new Holding(Given.Asha, null, null, 5));
    }

    [Fact]
    public void What_nobody_holds_or_is_not_open_cannot_be_handed_over_nor_to_the_holder()
    {
        Given.Conversation().AskMember(Given.Ravi, Until).Should().BeFalse();
        Held().AskMember(Given.Asha, Until).Should().BeFalse();
        var closed = Held();
        closed.Close();
        closed.AskTeam(5, Until).Should().BeFalse();
        closed.AskedUntil.Should().BeNull();
    }

    [Fact]
    public void Accepting_gives_it_to_whoever_accepts_and_to_the_team_that_was_asked()
    {
        var conversation = Held();
        conversation.GiveToTeam(3);
        conversation.AskMember(Given.Ravi, Until);
        conversation.Accept(Given.Ravi).Should().BeTrue();
        conversation.Holding.Should().Be(new Holding(Given.Ravi, 3));
        conversation.AskedUntil.Should().BeNull();
        conversation.Accept(Given.Asha).Should().BeFalse();

        conversation.AskTeam(5, Until);
        conversation.Accept(Given.Asha);
        conversation.Holding.Should().Be(new Holding(Given.Asha, 5));
    }

    [Fact]
    public void Whatever_ends_the_asking_leaves_nobody_asked()
    {
        Action<Conversation>[] endings =
        [
            c => c.EndAsking(), c => c.Close(), c => c.Snooze(Given.Noon.AddDays(1), Given.Noon), c => c.Assign(null), c => c.Assign(Given.Ravi),
        ];
        foreach (var end in endings)
        {
            var conversation = Held();
            conversation.AskTeam(5, Until);
            end(conversation);
            conversation.Holding.Should().Match<Holding>(h => h.AskedMember == null && h.AskedTeam == null);
            conversation.AskedUntil.Should().BeNull();
        }

        Held().EndAsking().Should().BeFalse();
    }

    [Fact]
    public void Who_held_it_before_is_remembered_over_times_when_nobody_did()
    {
        var conversation = Held();
        conversation.PreviousAssigneeId.Should().BeNull();
        conversation.Assign(null);
        conversation.Assign(Given.Ravi);
        conversation.PreviousAssigneeId.Should().Be(Given.Asha);
        conversation.Assign(null);
        conversation.PreviousAssigneeId.Should().Be(Given.Ravi);
    }

    [Fact]
    public void Who_gives_it_back_is_not_to_be_asked_first_and_nor_is_anybody_before_them()
    {
        var conversation = Held();
        conversation.Assign(Given.Ravi);
        conversation.AskTeam(5, Until);
        var version = conversation.Version;

        conversation.HandBack().Should().BeTrue();
        conversation.Holding.Should().Be(Holding.Nobody);
        conversation.PreviousAssigneeId.Should().BeNull();
        conversation.Version.Should().BeGreaterThan(version);
        conversation.HandBack().Should().BeFalse("nobody holds it");
    }

    [Fact]
    public void What_nobody_holds_cannot_be_given_back_and_goes_on_to_remember_who_held_it()
    {
        var conversation = Held();
        conversation.Assign(null);

        conversation.HandBack().Should().BeFalse();
        conversation.PreviousAssigneeId.Should().Be(Given.Asha);
    }

    [Fact]
    public void A_team_is_a_fact_apart_from_who_holds_it()
    {
        var conversation = Held();
        var version = conversation.Version;

        conversation.GiveToTeam(5).Should().BeTrue();
        conversation.GiveToTeam(5).Should().BeFalse();
        conversation.Holding.Should().Be(new Holding(Given.Asha, 5));
        conversation.Version.Should().Be(version + 1);
    }

    [Fact]
    public void Lines_name_the_member_or_the_team_that_they_are_about()
    {
        var conversation = Held();
        conversation.GiveToTeam(5);
        conversation.TellTeam(AssignmentReason.ByPerson, Given.Ravi, Given.Noon, 9, "why").Should().BeEquivalentTo(
            new { SubjectTeam = (long?)5, SubjectMember = (UserId?)null, Words = "why", Reason = AssignmentReason.ByPerson });

        conversation.AskMember(Given.Ravi, Until);
        conversation.TellAsked(Given.Asha, Given.Noon, 10, "busy").Should().BeEquivalentTo(
            new { Kind = ConversationEventKind.AskedMember, SubjectMember = (UserId?)Given.Ravi, SubjectTeam = (long?)null, Until, Words = "busy" });
        conversation.AskTeam(7, Until);
        conversation.TellAsked(Given.Asha, Given.Noon, 11, "busy").Should().BeEquivalentTo(
            new { Kind = ConversationEventKind.AskedTeam, SubjectMember = (UserId?)null, SubjectTeam = (long?)7 });
        conversation.TellHandOver(ConversationEventKind.HandOverLapsed, Given.Asha, null, Given.Noon, 12).SubjectMember.Should().Be(Given.Asha);
        conversation.LastWorkSequence.Should().Be(12);
    }

    private static Conversation Held()
    {
        var conversation = Given.Conversation();
        conversation.Assign(Given.Asha);
        return conversation;
    }
}
