using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Conversations;

public sealed class NoteTests
{
    [Fact]
    public void A_note_is_written_edited_and_deleted()
    {
        var note = Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, "  Call her on Monday ", Given.Noon, 1);
        note.Text.Should().Be("Call her on Monday");

        note.Edit("Call her on Tuesday", Given.Second(1), 2).Should().BeTrue();
        note.Should().BeEquivalentTo(new { Text = "Call her on Tuesday", EditedAt = Given.Second(1), ChangeSequence = 2L, WrittenAt = Given.Noon });

        note.Delete(Given.Second(2), 3).Should().BeTrue();
        note.Should().BeEquivalentTo(new { Text = "", DeletedAt = Given.Second(2), ChangeSequence = 3L });
    }

    [Fact]
    public void The_same_words_are_no_edit_and_a_deleted_note_stays_deleted()
    {
        var note = Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, "Call her", Given.Noon, 1);
        note.Edit(" Call her", Given.Second(1), 2).Should().BeFalse();
        note.Delete(Given.Second(2), 3);

        note.Edit("Again", Given.Second(3), 4).Should().BeFalse();
        note.Delete(Given.Second(3), 4).Should().BeFalse();
        note.ChangeSequence.Should().Be(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("\u200B")]
    public void A_note_that_says_nothing_is_refused(string text)
    {
        NoteText.Fits(text).Should().BeFalse();
        FluentActions.Invoking(() => Note.Write(Given.Conversation(), Given.Asha, Guid.Empty, text, Given.Noon, 1)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_note_has_at_most_4000_characters()
    {
        NoteText.Fits(new string('x', 4_000)).Should().BeTrue();
        NoteText.Fits(new string('x', 4_001)).Should().BeFalse();
        NoteText.Fits(null).Should().BeFalse();
    }

    [Fact]
    public void Mentions_stand_in_the_text_by_number_each_once()
    {
        var text = $"{NoteText.Mark(Given.Asha)} and {NoteText.Mark(Given.Ravi)}, {NoteText.Mark(Given.Asha)}!";

        NoteText.Mentions(text).Should().Equal(Given.Asha, Given.Ravi);
        NoteText.Pieces(text).Select(p => (p.Words, p.Member?.Value)).Should().Equal(
            ("@{11}", 11), (" and ", null), ("@{12}", 12), (", ", null), ("@{11}", 11), ("!", null));
    }

    [Theory]
    [InlineData("@{0} @{} @{-1} @{1.5} @asha @ {3}")]
    [InlineData("@{9999999999999999999}")]
    [InlineData("a@b.test {12}")]
    public void What_only_looks_like_a_mention_is_words(string text)
    {
        NoteText.Mentions(text).Should().BeEmpty();
        string.Concat(NoteText.Pieces(text).Select(p => p.Words)).Should().Be(text);
    }

    [Fact]
    public void The_pieces_of_any_text_are_the_text()
    {
        Gen.OneOf(Gen.String, Gen.Const("@{12}"), Gen.Const("@{"), Gen.Const("}")).Array[0, 20].Select(string.Concat)
            .Sample(text => string.Concat(NoteText.Pieces(text).Select(p => p.Words)) == text);
        Gen.Long[1, 999_999_999_999_999_999].Sample(id => NoteText.Mentions(NoteText.Mark(new UserId(id))) is [var one] && one.Value == id);
    }

    [Fact]
    public void Labels_that_read_alike_have_the_same_key()
    {
        Label.KeyOf("Refund").Should().Be(Label.KeyOf("REFUND"));
        Label.KeyOf("Cafe\u0301").Should().Be(Label.KeyOf("caf\u00E9"));
        Label.KeyOf("Refund").Should().NotBe(Label.KeyOf("Refunds"));
    }
}
