using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ParticipantsTests
{
    [Fact]
    public void They_are_kept_as_numbers_and_come_back_the_same_in_their_order()
    {
        var two = Participants.None.With(Given.Ravi).With(Given.Asha);

        two.Members.Should().Equal(Given.Ravi, Given.Asha);
        two.With(Given.Asha).Should().BeSameAs(two);
        Participants.Read(two.Text).Should().Be(two).And.NotBe(Participants.None.With(Given.Asha).With(Given.Ravi));
        Participants.Read(two.Text).GetHashCode().Should().Be(two.GetHashCode());
        Participants.Read("").Should().BeSameAs(Participants.None);
        Participants.Read("7,x,,-1,9").Members.Should().Equal(new UserId(7), new UserId(9));
        two.Without(Given.Ravi).Members.Should().Equal(Given.Asha);
        two.Without(new UserId(99)).Should().BeSameAs(two);
    }

    [Fact]
    public void As_many_as_two_threads_can_have_fit_into_the_column()
    {
        var all = Enumerable.Range(0, 2 * Participants.Most).Aggregate(Participants.None, (those, nth) => those.With(new UserId(long.MaxValue - nth)));
        all.Text.Length.Should().BeLessThanOrEqualTo(Participants.MaxText);
        Participants.Read(all.Text).Members.Should().HaveCount(2 * Participants.Most);
    }

    [Fact]
    public void Whoever_joins_and_parts_is_told_of_once_each_time()
    {
        var conversation = Given.Conversation();
        var version = conversation.Version;

        var joined = conversation.Join(Given.Ravi, Given.Asha, Given.Noon, 7)!.Value;

        joined.Told.Should().BeEquivalentTo(new { Kind = ConversationEventKind.ParticipantAdded, ActorId = (UserId?)Given.Asha, SubjectId = (long?)Given.Ravi.Value, Sequence = 7L });
        joined.Participation.Should().BeEquivalentTo(new { UserId = Given.Ravi, AddedById = (UserId?)Given.Asha, AddedAt = Given.Noon });
        conversation.Participants.Members.Should().Equal(Given.Ravi);
        (conversation.Version, conversation.LastWorkSequence).Should().Be((version + 1, 7));
        conversation.Join(Given.Ravi, Given.Asha, Given.Noon, 8).Should().BeNull();

        conversation.Part(Given.Ravi, by: null, Given.Noon, 9)!.Kind.Should().Be(ConversationEventKind.ParticipantRemoved);
        conversation.Part(Given.Ravi, by: null, Given.Noon, 10).Should().BeNull();
        conversation.Participants.Should().Be(Participants.None);
    }

    [Fact]
    public void A_thread_that_joins_another_brings_its_people()
    {
        var (kept, other) = (Given.Conversation(), Given.Conversation());
        kept.Join(Given.Asha, null, Given.Noon, 1);
        other.Join(Given.Asha, null, Given.Noon, 1);
        other.Join(Given.Ravi, null, Given.Noon, 2);

        kept.Absorb(other);

        kept.Participants.Members.Should().Equal(Given.Asha, Given.Ravi);
    }

    [Theory]
    [InlineData(Role.Agent, true)]
    [InlineData(Role.Manager, true)]
    [InlineData((Role)0, false)]
    public void Whoever_takes_part_sees_it_whoever_holds_it_as_long_as_they_are_a_member(Role role, bool sees)
    {
        var actor = new Actor(Given.Workspace, Given.Asha, "Asha", role, AgentSettings.Default with { Visibility = AgentVisibility.Own });

        actor.MaySee(new Holding(Given.Ravi, Participants: Participants.None.With(Given.Asha))).Should().Be(sees);
        actor.MaySee(new Holding(Given.Ravi, Participants: Participants.None.With(Given.Ravi))).Should().Be(role == Role.Manager);
        actor.MaySee(new Holding(null, Participants: Participants.None)).Should().Be(role == Role.Manager);
    }

    [Fact]
    public void A_note_of_files_alone_says_nothing_and_one_without_files_must()
    {
        Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, " ", Given.Noon, 1, hasFiles: true).Text.Should().BeEmpty();
        Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, " see ", Given.Noon, 1, hasFiles: true).Text.Should().Be("see");
        FluentActions.Invoking(() => Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, " ", Given.Noon, 1)).Should().Throw<ArgumentException>();
    }
}
