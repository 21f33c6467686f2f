using Weflux.Domain.Team;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Inbox.Several;

public sealed class SeveralWordsTests
{
    private static readonly Dictionary<long, string> Names = new() { [7] = "Asha Verma", [8] = "Tom Becker", [9] = "Mei Lin" };

    [Fact]
    public void What_was_done_and_what_not_is_said_with_the_reason() =>
        Say(new CloseThem(), new() { Done = [1, 2, 3, 4], Refused = [new(7, WorkOutcome.NotFound)] })
            .Should().Be("4 closed, 1 not: Asha Verma is no longer yours.");

    [Fact]
    public void Several_reasons_stand_side_by_side_and_many_names_are_not_all_read_out() =>
        Say(new TakeThem(), new()
        {
            Done = [1],
            Unchanged = [2],
            Refused = [new(7, WorkOutcome.HeldByOther), new(8, WorkOutcome.HeldByOther), new(9, WorkOutcome.HeldByOther), new(99, WorkOutcome.NotFound)],
        }).Should().Be("1 taken, 1 was yours already, 4 not: a colleague was faster and holds Asha Verma, Tom Becker and 1 more now; a conversation is no longer yours.");

    [Fact]
    public void What_was_not_begun_is_not_called_done()
    {
        Say(new SnoozeThem(DateTimeOffset.UnixEpoch), new() { NotBegun = [1, 2] }).Should().Be("None snoozed, 2 not begun.");
        Say(new SnoozeThem(DateTimeOffset.UnixEpoch), new() { Done = [1], NotBegun = [2], IsInterrupted = true })
            .Should().Be("1 snoozed, 1 not begun. The database could not be written any more. Try again in a moment.");
        Say(new CloseThem(), new() { NotBegun = [1], IsTooMany = true }).Should().Be("At most 500 at a time. Nothing was done: choose fewer.");
    }

    [Theory]
    [MemberData(nameof(Wishes), DisableDiscoveryEnumeration = true)]
    public void Everything_that_can_be_wished_for_has_words_for_every_outcome(SeveralWish wish)
    {
        foreach (var outcome in Enum.GetValues<WorkOutcome>())
        {
            foreach (var ids in new long[][] { [7], [7, 8] })
            {
                Say(wish, new() { Done = ids, Unchanged = ids, Refused = [.. ids.Select(i => new SeveralRefusal(i, outcome))] })
                    .Should().MatchRegex(@"^\d .+, \d .+, \d not: .+\.$").And.NotContain("Them");
            }
        }

        SeveralWords.Doing(wish).Should().Contain("ing");
    }

    [Fact]
    public void Only_what_a_single_conversation_could_have_taken_back_is_offered_to_be()
    {
        Undo(new CloseThem()).Should().Be(new SeveralUndo("Open them again", new ReopenThem()));
        SeveralWords.Undo(new CloseThem(), 1, mayTakeOver: true)!.Words.Should().Be("Open it again");
        Undo(new LabelThem(3, "Refund", IsOn: true))!.Wish.Should().Be(new LabelThem(3, "Refund", IsOn: false));
        Undo(new TakeThem())!.Wish.Should().Be(new HandThemBack());
        SeveralWords.Undo(new TakeThem(), 2, mayTakeOver: true).Should().BeNull("a colleague would not get them back by that");
        Undo(new AssignThem(new UserId(1), "Ravi")).Should().BeNull();
        Undo(new MarkThemRead()).Should().BeNull();
        SeveralWords.Undo(new CloseThem(), 0, mayTakeOver: false).Should().BeNull();
    }

    public static TheoryData<SeveralWish> Wishes =>
    [
        new TakeThem(), new AssignThem(new UserId(1), "Ravi Nair"), new HandThemBack(), new LabelThem(1, "Refund", IsOn: true), new LabelThem(1, "Refund", IsOn: false),
        new SnoozeThem(DateTimeOffset.UnixEpoch), new CloseThem(), new ReopenThem(), new LeaveThemUnanswered(), new MarkThemRead(),
    ];

    private static SeveralUndo? Undo(SeveralWish wish) => SeveralWords.Undo(wish, 2, mayTakeOver: false);

    private static string Say(SeveralWish wish, SeveralResult result) => SeveralWords.Summary(wish, result, id => Names.GetValueOrDefault(id));
}
