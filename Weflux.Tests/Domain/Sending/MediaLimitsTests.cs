using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

public sealed class MediaLimitsTests
{
    private const long Kibibyte = 1024;
    private const long Mebibyte = 1024 * Kibibyte;
    private static readonly MediaReference Ours = new("", "image/png", "", 7);

    /// <summary>The platform's table, as it stands in its documentation.</summary>
    public static TheoryData<MediaKind, string, long> Table => new()
    {
        { MediaKind.Image, "image/jpeg", 5 * Mebibyte },
        { MediaKind.Image, "image/png", 5 * Mebibyte },
        { MediaKind.Video, "video/mp4", 16 * Mebibyte },
        { MediaKind.Video, "video/3gpp", 16 * Mebibyte },
        { MediaKind.Audio, "audio/aac", 16 * Mebibyte },
        { MediaKind.Audio, "audio/amr", 16 * Mebibyte },
        { MediaKind.Audio, "audio/mpeg", 16 * Mebibyte },
        { MediaKind.Audio, "audio/mp4", 16 * Mebibyte },
        { MediaKind.Audio, "audio/ogg", 16 * Mebibyte },
        { MediaKind.Voice, "audio/ogg", 16 * Mebibyte },
        { MediaKind.Sticker, "image/webp", 100 * Kibibyte },
        { MediaKind.Document, "text/plain", 100 * Mebibyte },
        { MediaKind.Document, "application/pdf", 100 * Mebibyte },
        { MediaKind.Document, "application/msword", 100 * Mebibyte },
        { MediaKind.Document, "application/vnd.ms-excel", 100 * Mebibyte },
        { MediaKind.Document, "application/vnd.ms-powerpoint", 100 * Mebibyte },
        { MediaKind.Document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 100 * Mebibyte },
        { MediaKind.Document, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 100 * Mebibyte },
        { MediaKind.Document, "application/vnd.openxmlformats-officedocument.presentationml.presentation", 100 * Mebibyte },
    };

    private static Gen<MediaKind> Kinds => Among([.. MediaLimits.Kinds]);

    private static Gen<string> Types => Gen.OneOf(
        Among([.. Table.Select(row => row.Data.Item2)]),
        Among("", "image/svg+xml", "text/html", "image/gif", "application/zip", "application/x-executable", "image/heic", "video/quicktime", "IMAGE/PNG", "image/png "));

    private static Gen<MediaFacts> Facts =>
        from type in Types
        from size in Gen.Long[-5, 120 * Mebibyte]
        from width in Gen.Int[0, 70_000]
        from height in Gen.Int[0, 70_000]
        from moves in Gen.Bool
        from plays in Gen.Bool
        from channels in Gen.Int[0, 6]
        select new MediaFacts(type, size) { Width = width, Height = height, IsAnimated = moves, IsPlayable = plays, Channels = channels };

    private static Gen<T> Among<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(i => all[i]);

    [Theory]
    [MemberData(nameof(Table))]
    public void A_file_of_a_type_that_the_platform_takes_is_sent_up_to_its_size_and_no_further(MediaKind kind, string type, long largest)
    {
        MediaLimits.Types(kind).Should().Contain(type);
        MediaLimits.Largest(kind).Should().Be(largest);
        MediaLimits.Check(kind, new MediaFacts(type, largest)).Should().BeNull();
        MediaLimits.Check(kind, new MediaFacts(type, largest + 1)).Should().Be(MediaRefusal.TooLarge);
    }

    [Fact]
    public void No_type_is_taken_that_is_not_in_the_table() =>
        MediaLimits.Kinds.SelectMany(k => MediaLimits.Types(k).Select(t => (k, t))).Should()
            .BeEquivalentTo(Table.Select(row => (row.Data.Item1, row.Data.Item2)));

    [Fact]
    public void What_is_taken_has_a_type_and_a_size_of_the_table_whatever_else_it_claims() => (from kind in Kinds
                                                                                               from facts in Facts
                                                                                               select (kind, facts)).Sample((kind, facts) =>
    {
        if (MediaLimits.Check(kind, facts) is null)
        {
            MediaLimits.Types(kind).Should().Contain(facts.MimeType);
            facts.Size.Should().BeInRange(1, MediaLimits.Largest(kind, facts.IsAnimated));
            MediaLimits.IsDrawable(facts).Should().BeTrue();
            facts.IsPlayable.Should().BeTrue();
        }
    });

    [Fact]
    public void A_smaller_file_of_the_same_kind_is_never_refused_where_a_larger_one_is_taken() => (from kind in Kinds
                                                                                                   from facts in Facts
                                                                                                   from less in Gen.Long[1, 120 * Mebibyte]
                                                                                                   select (kind, facts, less)).Sample((kind, facts, less) =>
    {
        if (MediaLimits.Check(kind, facts) is null && less <= facts.Size)
        {
            MediaLimits.Check(kind, facts with { Size = less }).Should().BeNull();
        }
    });

    [Fact]
    public void The_kind_that_is_chosen_by_type_takes_that_type() => Types.Sample(type =>
    {
        if (MediaLimits.KindOf(type) is { } kind)
        {
            MediaLimits.Types(kind).Should().Contain(type);
            kind.Should().NotBe(MediaKind.Voice, "a voice note is a choice, not a type");
        }
        else
        {
            MediaLimits.Kinds.Should().OnlyContain(k => !MediaLimits.Types(k).Contains(type));
        }
    });

    [Fact]
    public void A_sticker_that_moves_may_be_larger()
    {
        MediaLimits.Check(MediaKind.Sticker, new MediaFacts("image/webp", 101 * Kibibyte)).Should().Be(MediaRefusal.TooLarge);
        MediaLimits.Check(MediaKind.Sticker, new MediaFacts("image/webp", 500 * Kibibyte) { IsAnimated = true }).Should().BeNull();
        MediaLimits.Check(MediaKind.Sticker, new MediaFacts("image/webp", (500 * Kibibyte) + 1) { IsAnimated = true }).Should().Be(MediaRefusal.TooLarge);
    }

    [Theory]
    [InlineData(0, MediaRefusal.Empty)]
    [InlineData(-1, MediaRefusal.Empty)]
    public void Nothing_is_no_file(long size, MediaRefusal refusal) =>
        MediaLimits.Check(MediaKind.Image, new MediaFacts("image/png", size)).Should().Be(refusal);

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(16_385, 1)]
    [InlineData(1, 16_385)]
    [InlineData(10_000, 5_001)]
    public void A_picture_of_too_many_pixels_is_refused_before_anybody_decodes_it(int width, int height) =>
        MediaLimits.Check(MediaKind.Image, new MediaFacts("image/png", 1000) { Width = width, Height = height }).Should().Be(MediaRefusal.TooManyPixels);

    [Fact]
    public void A_picture_at_the_limit_is_taken() =>
        MediaLimits.Check(MediaKind.Image, new MediaFacts("image/png", 1000) { Width = 10_000, Height = 5_000 }).Should().BeNull();

    [Fact]
    public void A_container_with_the_wrong_coding_is_refused()
    {
        MediaLimits.Check(MediaKind.Video, new MediaFacts("video/mp4", 1000) { IsPlayable = false }).Should().Be(MediaRefusal.WrongCoding);
        MediaLimits.Check(MediaKind.Voice, new MediaFacts("audio/ogg", 1000) { Channels = 2 }).Should().Be(MediaRefusal.WrongCoding);
        MediaLimits.Check(MediaKind.Voice, new MediaFacts("audio/ogg", 1000) { Channels = 1 }).Should().BeNull();
    }

    [Fact]
    public void An_unknown_kind_takes_nothing()
    {
        MediaLimits.Types((MediaKind)99).Should().BeEmpty();
        MediaLimits.Largest((MediaKind)99).Should().Be(0);
        MediaLimits.Check((MediaKind)99, new MediaFacts("image/png", 1)).Should().Be(MediaRefusal.WrongType);
    }

    [Fact]
    public void A_caption_may_have_1024_characters_and_no_more()
    {
        MediaLimits.CheckContent(new ImageContent(Ours, new string('x', 1024))).Should().BeNull();
        MediaLimits.CheckContent(new ImageContent(Ours, new string('x', 1025))).Should().Be(new Invalid(InvalidReason.CaptionTooLong, 1025, MediaLimits.CaptionLength));
        MediaLimits.CheckContent(new VideoContent(Ours, new string('x', 1025)))!.Reason.Should().Be(InvalidReason.CaptionTooLong);
        MediaLimits.CheckContent(new DocumentContent(Ours, "a.pdf", new string('x', 1025)))!.Reason.Should().Be(InvalidReason.CaptionTooLong);
    }

    [Fact]
    public void A_message_without_its_file_is_not_sent()
    {
        var none = new MediaReference("", "", "");
        foreach (var content in new MessageContent[] { new ImageContent(none, null), new AudioContent(none, IsVoice: true), new StickerContent(none, IsAnimated: false) })
        {
            MediaLimits.CheckContent(content).Should().Be(new Invalid(InvalidReason.FileMissing));
        }

        MediaLimits.CheckContent(new TextContent("no file")).Should().BeNull();
    }

    [Fact]
    public void Every_message_with_a_file_tells_its_file_its_kind_and_its_caption()
    {
        var other = new MediaReference("9", "a/b", "c", 8);
        foreach (var (content, kind, caption) in new (MessageContent, MediaKind, string?)[]
        {
            (new ImageContent(Ours, "i"), MediaKind.Image, "i"),
            (new VideoContent(Ours, "v"), MediaKind.Video, "v"),
            (new AudioContent(Ours, IsVoice: false), MediaKind.Audio, null),
            (new AudioContent(Ours, IsVoice: true), MediaKind.Voice, null),
            (new DocumentContent(Ours, "n", "d"), MediaKind.Document, "d"),
            (new StickerContent(Ours, IsAnimated: true), MediaKind.Sticker, null),
        })
        {
            (MediaLimits.MediaOf(content), MediaLimits.KindOf(content), MediaLimits.CaptionOf(content)).Should().Be((Ours, (MediaKind?)kind, caption));
            MediaLimits.MediaOf(MediaLimits.With(content, other)).Should().Be(other);
            MediaLimits.MediaOf(new EditContent("wamid.1", content)).Should().Be(Ours);
            MediaLimits.KindOf(new EditContent("wamid.1", content)).Should().Be(kind);
            MediaLimits.CaptionOf(new EditContent("wamid.1", content)).Should().Be(caption);
        }

        var photo = new ImageContent(Ours, null);
        MediaLimits.FilesOf(photo).Should().Equal(Ours);
        MediaLimits.WithFiles(photo, _ => other).Should().Be(new ImageContent(other, null));
        var text = new TextContent("words");
        MediaLimits.FilesOf(text).Should().BeEmpty();
        MediaLimits.FilesOf(null).Should().BeEmpty();
        MediaLimits.WithFiles(text, _ => other).Should().Be(text);
        (MediaLimits.MediaOf(text), MediaLimits.KindOf(text), MediaLimits.CaptionOf(text)).Should().Be((null, null, null));
        MediaLimits.With(text, other).Should().Be(text);
    }

    [Fact]
    public void A_template_tells_the_files_of_its_header_and_its_cards_in_order()
    {
        var (header, card) = (new MediaReference("", "", "", 1), new MediaReference("", "", "", 2));
        var content = new TemplateContent("cups", "en", TemplateCategory.Utility, [], "Cups", [])
        {
            Header = new TemplateHeaderValue(TemplateHeaderFormat.Image, new FileValue(header, null)),
            Cards =
            [
                new TemplateCardValue(new TemplateHeaderValue(TemplateHeaderFormat.Image, new FileValue(card, null)), [], []),
                new TemplateCardValue(new TemplateHeaderValue(TemplateHeaderFormat.Image, new FileValue(null, "https://chai.example/1.jpg")), [], []),
                new TemplateCardValue(null, [], []),
            ],
        };

        MediaLimits.FilesOf(content).Should().Equal(header, card);
        MediaLimits.FilesOf(MediaLimits.WithFiles(content, file => file with { Id = $"P{file.FileId}" })).Select(f => f.Id).Should().Equal("P1", "P2");
        MediaLimits.MediaOf(content).Should().BeNull("it has no file of its own");
    }

    [Theory]
    [InlineData(TemplateHeaderFormat.Image, TemplateSlotKind.Image, MediaKind.Image)]
    [InlineData(TemplateHeaderFormat.Video, TemplateSlotKind.Video, MediaKind.Video)]
    [InlineData(TemplateHeaderFormat.Document, TemplateSlotKind.Document, MediaKind.Document)]
    [InlineData(TemplateHeaderFormat.Location, TemplateSlotKind.Location, null)]
    [InlineData(TemplateHeaderFormat.Text, TemplateSlotKind.Text, null)]
    public void A_template_wants_the_kind_of_file_that_its_header_is(TemplateHeaderFormat format, TemplateSlotKind slot, MediaKind? kind) =>
        (MediaLimits.KindOf(format), MediaLimits.KindOf(slot)).Should().Be((kind, kind));
}
