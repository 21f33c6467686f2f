using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Media;
using Weflux.Web.Media;
using Weflux.Web.Sending;

namespace Weflux.Tests.Journeys;

public sealed class MediaTests(Chromium chromium) : Journey(chromium)
{
    private static readonly Regex Waved = new("waved", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Fact]
    public async Task A_customers_photo_appears_by_itself_and_opens_and_closes_with_the_keyboard()
    {
        await CustomerSaysAsync("asha", "Look at this");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);

        await CustomerSendsAsync("asha", new { type = "image", caption = "My favourite cup" });

        await Expect(agent.Row(Asha)).ToContainTextAsync("Photo · My favourite cup");
        var opener = agent.Bubble("My favourite cup").GetByRole(AriaRole.Button, new() { Name = "Open the photo: My favourite cup" });
        await Expect(opener).ToBeVisibleAsync();
        await DrawnAsync(opener.Locator("img"));

        await opener.FocusAsync();
        await agent.Page.Keyboard.PressAsync("Enter");
        var stage = agent.Page.GetByRole(AriaRole.Dialog, new() { Name = "Photo" });
        await Expect(stage).ToBeVisibleAsync();
        await DrawnAsync(stage.GetByRole(AriaRole.Img, new() { Name = "My favourite cup" }));
        await Expect(stage.GetByRole(AriaRole.Button, new() { Name = "Close the photo" })).ToBeFocusedAsync();

        await agent.Page.Keyboard.PressAsync("Escape");
        await Expect(stage).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_voice_message_plays_pauses_hastens_and_can_be_sought_with_the_keyboard()
    {
        var agent = await ReceiveAsync(new { type = "audio" });
        var player = agent.Messages.GetByRole(AriaRole.Group, new() { Name = "Voice message" });
        await Expect(player).ToContainTextAsync("0:06");

        await player.GetByRole(AriaRole.Button, new() { Name = "Play voice message" }).ClickAsync();
        await Expect(player.GetByRole(AriaRole.Button, new() { Name = "Pause voice message" })).ToBeVisibleAsync();
        await Expect(player).ToContainTextAsync("0:01");
        await player.GetByRole(AriaRole.Button, new() { Name = "Pause voice message" }).ClickAsync();

        var speed = player.GetByRole(AriaRole.Button, new() { NameRegex = new("Speed") });
        foreach (var next in new[] { "Speed 1.5×", "Speed 2×", "Speed 1×" })
        {
            await speed.ClickAsync();
            await Expect(speed).ToHaveAttributeAsync("aria-label", next);
        }

        var place = player.GetByRole(AriaRole.Slider);
        await place.FocusAsync();
        await agent.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(place).ToHaveAttributeAsync("aria-valuetext", "0:00 of 0:06");
        await agent.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(place).ToHaveAttributeAsync("aria-valuetext", "0:05 of 0:06");
        await agent.Page.Keyboard.PressAsync("Home");
        await Expect(place).ToHaveAttributeAsync("aria-valuetext", "0:00 of 0:06");
        await agent.Page.Keyboard.PressAsync("End");
        await Expect(place).ToHaveAttributeAsync("aria-valuetext", "0:06 of 0:06");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Voice message");
    }

    [Fact]
    public async Task A_voice_message_shows_the_shape_of_its_sound_and_a_click_into_it_leads_there()
    {
        var agent = await ReceiveAsync(new { type = "audio" });
        var player = agent.Messages.GetByRole(AriaRole.Group, new() { Name = "Voice message" });

        await Expect(player).ToHaveClassAsync(Waved);
        var heights = await player.Locator("[data-bars]").First.EvaluateAsync<double[]>(
            "path => [...path.getAttribute('d').matchAll(/M[^ ]+ ([^V]+)V([^M]+)/g)].map(m => m[2] - m[1])");
        heights.Should().HaveCount(48).And.OnlyContain(height => height >= 2 && height <= 28);
        heights.Distinct().Count().Should().BeGreaterThan(5, "a sound is not equally loud all the time");
        heights.Max().Should().Be(28, "the loudest part fills the height");

        var place = player.GetByRole(AriaRole.Slider);
        var box = (await place.BoundingBoxAsync())!;
        await agent.Page.Mouse.ClickAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await Expect(place).ToHaveAttributeAsync("aria-valuetext", "0:03 of 0:06");
        (await player.EvaluateAsync<string>("player => player.style.getPropertyValue('--played')")).Should().MatchRegex("^(4[5-9]|5[0-5])");
    }

    [Fact]
    public async Task Waves_are_read_only_for_what_is_seen_and_a_sound_file_keeps_the_plain_bar()
    {
        var voice = await ReceiveAsync(new { type = "audio", voice = false });
        await Expect(voice.Messages.GetByRole(AriaRole.Group, new() { Name = "Audio" })).ToContainTextAsync("0:06");
        await CustomerSendsAsync("asha", new { type = "audio" });
        for (var i = 0; i < 40; i++)
        {
            await CustomerSaysAsync("asha", $"And then, number {i}");
        }

        await Expect(voice.Bubble("And then, number 39")).ToBeVisibleAsync();
        await Eventually.BeAsync(async () => (await Host.FilesAsync()).TrueForAll(f => f.State == MediaState.Ready));
        var fetched = 0;
        voice.Page.Request += (_, request) => fetched += request.ResourceType == "fetch" && request.Url.Contains("/media/", StringComparison.Ordinal) ? 1 : 0;
        await voice.Page.ReloadAsync();
        await Expect(voice.Bubble("And then, number 39")).ToBeVisibleAsync();
        var player = voice.Messages.GetByRole(AriaRole.Group, new() { Name = "Voice message" });
        await Expect(player).ToContainTextAsync("0:06");
        fetched.Should().Be(0, "nobody has seen it yet");

        await player.ScrollIntoViewIfNeededAsync();
        await Expect(player).ToHaveClassAsync(Waved);
        fetched.Should().Be(1);
        await Expect(voice.Messages.GetByRole(AriaRole.Group, new() { Name = "Audio" })).Not.ToHaveClassAsync(Waved);
    }

    [Fact]
    public async Task A_voice_message_that_cannot_be_decoded_keeps_the_plain_bar_and_plays()
    {
        var tab = await SignInAsync(Agent);
        await tab.Page.AddInitScriptAsync("OfflineAudioContext.prototype.decodeAudioData = () => Promise.reject(new Error('no'));");
        await CustomerSendsAsync("asha", new { type = "audio" });
        await tab.Page.ReloadAsync();
        await tab.OpenAsync(Asha);
        var player = tab.Messages.GetByRole(AriaRole.Group, new() { Name = "Voice message" });
        await Expect(player).ToContainTextAsync("0:06");

        await player.GetByRole(AriaRole.Button, new() { Name = "Play voice message" }).ClickAsync();
        await Expect(player).ToContainTextAsync("0:01");
        await Expect(player).Not.ToHaveClassAsync(Waved);
    }

    [Fact]
    public async Task A_document_is_saved_under_its_name()
    {
        var agent = await ReceiveAsync(new { type = "document" });
        var card = agent.Messages.Locator("a[data-file]");
        await Expect(card).ToContainTextAsync("Price list.pdf");
        await Expect(card).ToContainTextAsync("PDF");

        var download = await agent.Page.RunAndWaitForDownloadAsync(() => card.ClickAsync());

        download.SuggestedFilename.Should().Be("Price list.pdf");
        await using var file = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(file, Encoding.ASCII);
        (await reader.ReadToEndAsync()).Should().StartWith("%PDF-1.4").And.Contain("price list");
    }

    [Fact]
    public async Task A_film_plays_and_stickers_stand_still_or_move()
    {
        var agent = await ReceiveAsync(new { type = "video", caption = "The kettle" });
        await CustomerSendsAsync("asha", new { type = "sticker" });
        await CustomerSendsAsync("asha", new { type = "sticker", animated = true });

        await Expect(agent.Bubble("The kettle").Locator("video")).ToBeVisibleAsync();
        await DrawnAsync(agent.Messages.GetByRole(AriaRole.Img, new() { Name = "Sticker", Exact = true }));
        await DrawnAsync(agent.Messages.GetByRole(AriaRole.Img, new() { Name = "Animated sticker", Exact = true }));
        await Expect(agent.Row(Asha)).ToContainTextAsync("Sticker");
    }

    [Fact]
    public async Task What_is_not_there_says_so_and_what_failed_comes_when_somebody_asks_again()
    {
        var agent = await ReceiveAsync(new { type = "image", image = new { id = "123456789", mime_type = "image/png", sha256 = "", caption = "Too late" } });
        await Expect(agent.Bubble("Too late")).ToContainTextAsync("WhatsApp says that it does not have this file.");
        await Expect(agent.Bubble("Too late").GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToHaveCountAsync(1);

        await CustomerSendsAsync("asha", new { type = "image", caption = "Broken off" });
        await Eventually.BeAsync(async () => (await Host.FilesAsync()).Count(f => f.State == MediaState.Ready) == 1);
        var file = (await Host.FilesAsync()).Single(f => f.State == MediaState.Ready);
        await Host.ReadAsync(db => db.Set<MediaFile>().Where(f => f.Id == file.Id).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.State, MediaState.Failed).SetProperty(f => f.Trouble, "WhatsApp did not hand over the file.")));
        await agent.Page.ReloadAsync();

        // The browser may have been drawing the file when it was taken away.
        Forgive();

        var bubble = agent.Bubble("Broken off");
        await Expect(bubble).ToContainTextAsync("WhatsApp did not hand over the file.");
        await bubble.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await DrawnAsync(bubble.Locator("img"));
    }

    [Fact]
    public async Task A_photo_of_ours_stands_in_the_thread_and_reaches_the_phone()
    {
        var phone = await OpenPhoneAsync("asha");
        await phone.SayAsync("Show me the new cup");
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        var actor = await Host.ActorAsync();
        var conversation = (await Host.ConversationsAsync()).Single().Id;

        foreach (var (name, bytes, content) in new (string, byte[], Func<MediaReference, MessageContent>)[]
        {
            ("cup.png", Samples.Png, media => new ImageContent(media, "Here it is")),
            ("note.ogg", Samples.Voice, media => new AudioContent(media, IsVoice: true)),
            ("prices.pdf", Samples.Pdf, media => new DocumentContent(media, null, "And the prices")),
        })
        {
            var kind = name == "note.ogg" ? MediaKind.Voice : (MediaKind?)null;
            var file = await Host.UploadAsync(actor, name, bytes, kind);
            var sent = await Host.Services.GetRequiredService<SendReply>().ExecuteAsync(
                actor, conversation, content(new MediaReference("", "", "", file)), Guid.NewGuid());
            sent!.Decision.IsAllowed.Should().BeTrue();
        }

        await DrawnAsync(agent.Bubble("Here it is").Locator("img"));
        await Expect(agent.Tick("Here it is", "Read")).ToBeVisibleAsync();
        await Expect(agent.Bubble("And the prices")).ToContainTextAsync("prices.pdf");
        await DrawnAsync(phone.Message("Here it is").Locator("img"));
        await Expect(phone.Received.Locator("audio")).ToBeVisibleAsync();
        await Expect(phone.Message("And the prices")).ToContainTextAsync("prices.pdf");
    }

    [Fact]
    public async Task A_file_picked_on_the_phone_arrives()
    {
        var phone = await OpenPhoneAsync("asha");
        var agent = await SignInAsync(Agent);

        await phone.Page.Locator("#phone-file").SetInputFilesAsync(new FilePayload { Name = "receipt.pdf", MimeType = "application/pdf", Buffer = Samples.Pdf });

        await Expect(agent.Row(Asha)).ToContainTextAsync("Document · receipt.pdf");
        await agent.OpenAsync(Asha);
        await Expect(agent.Messages.Locator("a[data-file]")).ToContainTextAsync("receipt.pdf");
    }

    private async Task<InboxScreen> ReceiveAsync(object message)
    {
        await CustomerSendsAsync("asha", message);
        var agent = await SignInAsync(Agent);
        await agent.OpenAsync(Asha);
        return agent;
    }

    private static async Task DrawnAsync(ILocator picture)
    {
        await Expect(picture).ToBeVisibleAsync();
        await Eventually.BeAsync(() => picture.EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0"));
    }
}
