using Bunit;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Inbox;

public sealed class MediaPartTests : BunitContext
{
    private static readonly MediaReference Reference = new("1", "x/y", "");
    private readonly List<long> _asked = [];

    public static TheoryData<MediaView?, string> States => new()
    {
        { null, "This file was not fetched." },
        { File(MediaState.Fetching), "Being fetched …" },
        { File(MediaState.Fetching) with { Trouble = "WhatsApp could not be reached." }, "WhatsApp could not be reached. It is tried again." },
        { File(MediaState.Gone) with { Trouble = "WhatsApp has this file no more." }, "WhatsApp has this file no more." },
        { File(MediaState.Failed) with { Trouble = "The file did not arrive whole." }, "The file did not arrive whole." },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void A_file_that_is_not_here_says_what_became_of_it(MediaView? file, string words)
    {
        var part = Draw(new ImageContent(Reference, "Cup"), file);

        part.Find("[role=status]").TextContent.Should().Be(words);
        part.Markup.Should().Contain("Cup").And.NotContain("<img");
        part.FindAll("button").Should().HaveCount(file?.State == MediaState.Failed ? 1 : 0, "only what failed can be asked for again");
    }

    [Fact]
    public void What_failed_is_asked_for_again_by_its_message()
    {
        Draw(new ImageContent(Reference, null), File(MediaState.Failed)).Find("button").Click();
        _asked.Should().Equal(77);
    }

    [Fact]
    public void A_photo_shows_its_small_picture_keeps_its_room_and_opens_the_large_one()
    {
        var part = Draw(new ImageContent(Reference, "Cup"), File(MediaState.Ready) with { Width = 600, Height = 300, HasThumbnail = true, IsShowable = true });

        var opener = part.Find("button.picture");
        opener.GetAttribute("data-open-picture").Should().Be("/w/demo/media/5");
        opener.GetAttribute("aria-label").Should().Be("Open the photo: Cup");
        opener.GetAttribute("style").Should().Be("width:300px;aspect-ratio:300/150");
        part.Find("img").GetAttribute("src").Should().Be("/w/demo/media/5/thumbnail");
    }

    [Fact]
    public void A_photo_that_could_not_be_decoded_is_offered_to_save_and_not_shown()
    {
        var part = Draw(new ImageContent(Reference, null), File(MediaState.Ready) with { MimeType = "image/heic" });

        part.FindAll("img").Should().BeEmpty();
        part.Find("a[data-file]").GetAttribute("href").Should().Be("/w/demo/media/5?download=true");
        part.Find("a[data-file]").TextContent.Should().Contain("HEIC");
    }

    [Fact]
    public void A_film_has_the_browsers_player_and_loads_no_more_than_it_must()
    {
        var film = Draw(new VideoContent(Reference, null), File(MediaState.Ready) with { MimeType = "video/mp4", IsShowable = true }).Find("video");

        (film.GetAttribute("preload"), film.GetAttribute("src")).Should().Be(("metadata", "/w/demo/media/5"));
        film.HasAttribute("controls").Should().BeTrue();
        film.HasAttribute("autoplay").Should().BeFalse();
    }

    [Theory]
    [InlineData(true, "Voice message")]
    [InlineData(false, "Audio")]
    public void A_sound_has_a_player_whose_parts_have_names(bool isVoice, string name)
    {
        var part = Draw(new AudioContent(Reference, isVoice), File(MediaState.Ready) with { MimeType = "audio/ogg", IsShowable = true });

        part.Find("[data-player]").GetAttribute("aria-label").Should().Be(name);
        part.Find("[data-play]").GetAttribute("aria-label").Should().Be($"Play {name.ToLowerInvariant()}");
        part.Find("[data-speed]").GetAttribute("aria-label").Should().Be("Speed 1×");
        part.Find("[data-seek]").GetAttribute("aria-label").Should().Be($"Place in the {name.ToLowerInvariant()}");
    }

    [Fact]
    public void A_document_tells_name_type_and_size()
    {
        var part = Draw(new DocumentContent(Reference, "../claimed.exe", null), File(MediaState.Ready) with { MimeType = "application/pdf", Size = 48213, FileName = "bill.pdf" });

        part.Find("a[data-file]").TextContent.Should().ContainAll("bill.pdf", "PDF · 47 KB", "Download");
        part.Markup.Should().NotContain("claimed.exe");
    }

    [Fact]
    public void A_document_with_a_picture_in_it_is_not_shown_as_a_photo() =>
        Draw(new DocumentContent(Reference, "a.png", null), File(MediaState.Ready) with { MimeType = "image/png", HasThumbnail = true, IsShowable = true })
            .FindAll("img, video, audio").Should().BeEmpty();

    [Fact]
    public void A_risky_file_warns() =>
        Draw(new DocumentContent(Reference, "a.exe", null), File(MediaState.Ready) with { MimeType = "application/x-executable", IsRisky = true })
            .Find(".risk").TextContent.Should().Contain("can harm your computer");

    [Theory]
    [InlineData(false, "Sticker", "/w/demo/media/5/thumbnail")]
    [InlineData(true, "Animated sticker", "/w/demo/media/5")]
    public void A_sticker_is_drawn_and_named(bool isAnimated, string name, string address)
    {
        var sticker = Draw(
            new StickerContent(Reference, isAnimated), File(MediaState.Ready) with { MimeType = "image/webp", HasThumbnail = true, IsShowable = true }).Find("img.sticker");

        (sticker.GetAttribute("alt"), sticker.GetAttribute("src")).Should().Be((name, address));
    }

    private static MediaView File(MediaState state) =>
        new(5, state, MediaKind.Image, "image/png", 1000, "photo.png", null, null, HasThumbnail: false, IsShowable: false, IsRisky: false, null);

    private IRenderedComponent<MediaPart> Draw(MessageContent content, MediaView? file) => Render<MediaPart>(p => p
        .Add(m => m.Content, content).Add(m => m.File, file).Add(m => m.MessageId, 77)
        .AddCascadingValue(new BubblePlace("demo", id =>
        {
            _asked.Add(id);
            return Task.CompletedTask;
        })));
}
