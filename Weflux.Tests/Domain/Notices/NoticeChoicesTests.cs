using System.Text.Json;
using CsCheck;
using Weflux.Domain.Notices;

namespace Weflux.Tests.Domain.Notices;

public sealed class NoticeChoicesTests
{
    [Fact]
    public void Every_kind_is_chosen_for_itself_or_by_another() =>
        Enum.GetValues<NoticeKind>().Should().OnlyContain(kind => NoticeChoices.Choosable.Contains(NoticeChoices.ChoiceOf(kind)));

    [Fact]
    public void Who_chose_nothing_hears_of_their_own_by_the_browser_and_of_the_rest_by_the_bell()
    {
        var nothing = new NoticeChoices(new Dictionary<int, int>());
        nothing.WaysOf(NoticeKind.NewMessage).Should().Be(NoticeWays.Bell | NoticeWays.Browser);
        nothing.WaysOf(NoticeKind.Mentioned).Should().Be(NoticeWays.Bell | NoticeWays.Browser);
        nothing.WaysOf(NoticeKind.Waiting).Should().Be(NoticeWays.Bell);
        nothing.WaysOf(NoticeKind.OthersMessage).Should().Be(NoticeWays.None);
        nothing.Should().Be(NoticeChoices.Of(hasBrowser: true, hasSound: false, onlyMine: true));
    }

    [Fact]
    public void What_was_chosen_before_there_were_kinds_still_counts()
    {
        NoticeChoices.Of(hasBrowser: false, hasSound: true, onlyMine: true).WaysOf(NoticeKind.NewMessage).Should().Be(NoticeWays.Bell | NoticeWays.Sound);
        NoticeChoices.Of(hasBrowser: false, hasSound: false, onlyMine: false).WaysOf(NoticeKind.OthersMessage).Should().Be(NoticeWays.None);
        NoticeChoices.Of(hasBrowser: true, hasSound: false, onlyMine: false).WaysOf(NoticeKind.OthersMessage).Should().Be(NoticeWays.Browser);
        NoticeChoices.Of(hasBrowser: true, hasSound: true, onlyMine: false).WaysOf(NoticeKind.Waiting)
            .Should().Be(NoticeWays.Bell | NoticeWays.Browser | NoticeWays.Sound);
    }

    [Fact]
    public void Both_answers_to_a_hand_over_are_one_choice()
    {
        var loud = NoticeChoices.Of(kind => kind == NoticeKind.HandOverAccepted ? NoticeWays.Sound : NoticeWays.None);
        loud.WaysOf(NoticeKind.HandOverReturned).Should().Be(NoticeWays.Sound);
        loud.WaysOf(NoticeKind.HandOverOffered).Should().Be(NoticeWays.None);
    }

    [Fact]
    public void Numbers_of_another_version_are_passed_over()
    {
        var odd = new NoticeChoices(new Dictionary<int, int> { [99] = 7, [(int)NoticeKind.NewMessage] = 255, [(int)NoticeKind.OthersMessage] = 7 });
        odd.WaysOf(NoticeKind.NewMessage).Should().Be(NoticeWays.Bell | NoticeWays.Browser | NoticeWays.Sound);
        odd.WaysOf(NoticeKind.OthersMessage).Should().Be(NoticeWays.Browser | NoticeWays.Sound, "it is not kept, so there is no bell for it");
    }

    [Fact]
    public void Choices_come_back_from_where_they_are_kept_as_they_were() =>
        Gen.Int[0, 7].Array[NoticeChoices.Choosable.Count, NoticeChoices.Choosable.Count].Sample(ways =>
        {
            var choices = NoticeChoices.Of(kind => (NoticeWays)ways[Index(kind)]);
            var kept = JsonSerializer.Deserialize<NoticeChoices>(JsonSerializer.Serialize(choices))!;
            kept.Should().Be(choices);
            kept.GetHashCode().Should().Be(choices.GetHashCode());
            NoticeChoices.Choosable.Should().OnlyContain(kind => kept.WaysOf(kind) == ((NoticeWays)ways[Index(kind)] & NoticeChoices.Possible(kind)));
        });

    [Fact]
    public void Different_choices_are_not_the_same() => NoticeChoices.Of(_ => NoticeWays.None).Should().NotBe(NoticeChoices.Of(_ => NoticeWays.Bell))
        .And.NotBe(null);

    private static int Index(NoticeKind kind) => NoticeChoices.Choosable.ToList().IndexOf(kind);
}
