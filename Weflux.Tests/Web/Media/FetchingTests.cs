using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Media;

/// <summary>Files of customers that come: fetched, checked, looked into and shown.</summary>
public sealed class FetchingTests : FetchingWorld
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_customers_photo_is_fetched_at_once_checked_and_shown(bool isHashHex)
    {
        Serve("900", Samples.Png);

        await HearAsync("wamid.photo", "image", "900", Samples.Png, new JsonObject { ["caption"] = "Look" }, isHashHex);

        var file = await FileAsync(IsDone);
        (file.Kind, file.MimeType, file.Size, file.HasThumbnail, file.IsShowable).Should().Be((MediaKind.Image, "image/png", Samples.Png.Length, true, true));
        file.Trouble.Should().BeNull();
        Stored(file).Should().Equal(Samples.Png);
        Asked.Should().Equal("node 900 Bearer demo-access-token", "file 900 Bearer demo-access-token");
        var bubble = await BubbleAsync();
        bubble.Files.Single().FileId.Should().Be(file.Id);
    }

    [Fact]
    public async Task Every_kind_of_file_gets_its_row_with_the_message()
    {
        foreach (var (type, bytes, more) in new (string, byte[], JsonObject?)[]
        {
            ("image", Samples.Jpeg(), null),
            ("video", Samples.Film, null),
            ("audio", Samples.Voice, new JsonObject { ["voice"] = true }),
            ("document", Samples.Pdf, new JsonObject { ["filename"] = "../bill.exe" }),
            ("sticker", Samples.MovingSticker, new JsonObject { ["animated"] = true }),
        })
        {
            Serve(type, bytes);
            await HearAsync($"wamid.{type}", type, type, bytes, more);
        }

        var files = await Eventually.SeeAsync(Host.FilesAsync, all => all.Count == 5 && all.TrueForAll(IsDone));
        files.Select(f => (f.Kind, f.MimeType, f.IsShowable)).Should().BeEquivalentTo([
            (MediaKind.Image, "image/jpeg", true),
            (MediaKind.Video, "video/mp4", true),
            (MediaKind.Voice, "audio/ogg", true),
            (MediaKind.Document, "application/pdf", false),
            (MediaKind.Sticker, "image/webp", true),
        ]);
        files.Single(f => f.Kind == MediaKind.Document).FileName.Should().Be("bill.exe.pdf");
    }

    [Fact]
    public async Task An_address_that_ran_out_is_asked_for_once_more()
    {
        var urls = 0;
        Answer(
            _ => Graph.Address + $"file/{++urls}",
            (context, name) => name == "1" ? Status(context, 404) : context.Response.Body.WriteAsync(Samples.Png).AsTask());

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        var file = await FileAsync(f => f.State == MediaState.Ready);
        (file.Tries, urls).Should().Be((1, 2));
    }

    [Fact]
    public async Task A_file_that_was_sent_from_the_phone_of_the_business_is_fetched_as_well()
    {
        Serve("900", Samples.Png);
        var message = new JsonObject
        {
            ["from"] = "15550100001",
            ["to"] = Phone,
            ["id"] = "wamid.echo",
            ["timestamp"] = Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["type"] = "image",
            ["image"] = new JsonObject { ["id"] = "900", ["mime_type"] = "image/png" },
        };
        var envelope = MediaWorld.FileFrom("wamid.x", Phone, "image", "900", Samples.Png, Now);
        var change = envelope["entry"]![0]!["changes"]![0]!.AsObject();
        change["field"] = "smb_message_echoes";
        change["value"] = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = change["value"]!["metadata"]!.DeepClone(),
            ["message_echoes"] = new JsonArray(message),
        };

        await Webhooks.PostAsync(envelope);

        Stored(await FileAsync(IsDone)).Should().Equal(Samples.Png);
        (await BubbleAsync()).Files.Single().State.Should().Be(MediaState.Ready);
    }

    [Fact]
    public async Task What_a_customer_sends_under_a_false_name_is_kept_to_be_saved_and_never_shown()
    {
        foreach (var (id, bytes) in new[] { ("svg", Samples.Svg), ("html", Samples.Html), ("exe", Samples.Program), ("both", Samples.PictureAndArchive), ("bomb", Samples.Bomb()) })
        {
            Serve(id, bytes);
            await HearAsync($"wamid.{id}", "image", id, bytes);
        }

        var files = await Eventually.SeeAsync(Host.FilesAsync, all => all.Count == 5 && all.TrueForAll(IsDone));
        files.Should().OnlyContain(f => !f.IsShowable && !f.HasThumbnail);
        files.Count(f => f.IsRisky).Should().Be(4, "a bomb harms only whoever decodes it");
    }
}
