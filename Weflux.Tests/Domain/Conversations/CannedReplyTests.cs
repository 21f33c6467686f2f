using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Conversations;

public sealed class CannedReplyTests
{
    [Theory]
    [InlineData("thanks", "thanks")]
    [InlineData(" /Thanks-2 ", "Thanks-2")]
    [InlineData("धन्यवाद", "धन्यवाद")]
    [InlineData("a.b_c", "a.b_c")]
    public void A_shortcut_is_letters_digits_and_three_signs(string typed, string shortcut)
    {
        CannedReply.ReadShortcut(typed, out var read).Should().BeTrue();
        read.Should().Be(shortcut);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData("//a")]
    [InlineData("---")]
    [InlineData("a\nb")]
    [InlineData("<b>")]
    [InlineData("a\u202Eb")]
    public void Anything_else_is_no_shortcut(string? typed)
    {
        CannedReply.ReadShortcut(typed, out var read).Should().BeFalse();
        read.Should().BeEmpty();
    }

    [Fact]
    public void A_shortcut_of_forty_letters_is_one_and_of_forty_one_is_none()
    {
        CannedReply.ReadShortcut(new string('a', 40), out _).Should().BeTrue();
        CannedReply.ReadShortcut(new string('a', 41), out _).Should().BeFalse();
    }

    [Fact]
    public void One_of_everybody_is_for_everybody_and_ones_own_for_nobody_else()
    {
        var other = new UserId(99);
        CannedReply.Make(Given.Workspace, null, "a", "b", Given.Noon).IsFor(other).Should().BeTrue();
        var own = CannedReply.Make(Given.Workspace, Given.Asha, "Ab", "b", Given.Noon);
        (own.IsFor(Given.Asha), own.IsFor(other), own.ShortcutKey, own.UseCount, own.ChangedAt).Should().Be((true, false, "AB", 0, Given.Noon));
    }
}
