using System.Text.Json.Nodes;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Media;

/// <summary>Messages with files: who may send which file as what, and what the platform is told.</summary>
public sealed class SendingFilesTests : SendingWorld
{
    public static TheoryData<string, byte[], MediaKind, string> Kinds => new()
    {
        { "a.png", Samples.Png, MediaKind.Image, """{"type":"image","image":{"id":"770001","caption":"words"}}""" },
        { "a.mp4", Samples.Film, MediaKind.Video, """{"type":"video","video":{"id":"770001","caption":"words"}}""" },
        { "a.ogg", Samples.Voice, MediaKind.Audio, """{"type":"audio","audio":{"id":"770001"}}""" },
        { "a.ogg", Samples.Voice, MediaKind.Voice, """{"type":"audio","audio":{"id":"770001","voice":true}}""" },
        { "a.pdf", Samples.Pdf, MediaKind.Document, """{"type":"document","document":{"id":"770001","caption":"words","filename":"a.pdf"}}""" },
        { "a.webp", Samples.Sticker, MediaKind.Sticker, """{"type":"sticker","sticker":{"id":"770001"}}""" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_file_is_uploaded_and_the_message_names_it_as_the_platform_wants(string name, byte[] bytes, MediaKind kind, string expected)
    {
        await SendAsync(Content(kind, await UploadAsync(name, bytes, kind)));

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        var upload = Graph.Uploads.Single();
        (upload.Product, upload.Part, upload.Authorization).Should().Be(("whatsapp", "file", "Bearer demo-access-token"));
        upload.Bytes.Should().Equal(bytes);
        upload.ContentType.Should().Be(upload.Type).And.Be((await Host.FilesAsync()).Single().MimeType);
        var body = Graph.Sends.Single();
        var wanted = JsonNode.Parse(expected)!.AsObject();
        body["type"]!.GetValue<string>().Should().Be(wanted["type"]!.GetValue<string>());
        JsonNode.DeepEquals(body[body["type"]!.GetValue<string>()], wanted[body["type"]!.GetValue<string>()]).Should().BeTrue(body.ToJsonString());
        body.Select(m => m.Key).Should().BeEquivalentTo("messaging_product", "recipient_type", "to", "biz_opaque_callback_data", "type", wanted["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task Only_whoever_put_a_file_here_sends_it()
    {
        var file = await Host.UploadAsync(await Host.ActorAsync("agent2@demo.test"), "a.png", Samples.Png);

        var result = await SendAsync(Content(MediaKind.Image, file));

        result!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await Host.MessagesAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task A_file_of_another_workspace_or_an_id_of_the_platform_is_not_sent()
    {
        var foreign = await Host.UploadAsync(await Host.ActorAsync("agent@demo-two.test", "demo-two"), "a.png", Samples.Png);

        (await SendAsync(Content(MediaKind.Image, foreign)))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(new ImageContent(new MediaReference("123456", "image/png", ""), null)))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
        (await SendAsync(Content(MediaKind.Image, 999_999)))!.Decision.Should().Be(new Invalid(InvalidReason.FileMissing));
    }

    [Fact]
    public async Task A_file_is_not_sent_as_something_that_it_is_not()
    {
        var picture = await UploadAsync("a.png", Samples.Png);

        (await SendAsync(Content(MediaKind.Document, picture)))!.Decision.Should().Be(new Invalid(InvalidReason.FileNotFitting));
        (await SendAsync(Content(MediaKind.Video, picture)))!.Decision.Should().Be(new Invalid(InvalidReason.FileNotFitting));
    }

    [Fact]
    public async Task What_the_sender_says_of_the_file_does_not_count()
    {
        var file = await UploadAsync("a.pdf", Samples.Pdf);

        await SendAsync(new DocumentContent(new MediaReference("stolen", "text/html", "x", file), "../../bill.exe", null));

        await OutboundAsync(m => m.Status == DeliveryStatus.Sent);
        Graph.Sends.Single()["document"]!["filename"]!.GetValue<string>().Should().Be("bill.exe.pdf");
        var stored = (DocumentContent)(await OutboundAsync(_ => true)).Content;
        (stored.Media.Id, stored.Media.MimeType, stored.Media.FileId).Should().Be(("", "application/pdf", file));
    }

    [Fact]
    public async Task A_caption_that_is_too_long_is_refused()
    {
        var file = await UploadAsync("a.png", Samples.Png);
        (await SendAsync(new ImageContent(new MediaReference("", "", "", file), new string('x', 1025))))!.Decision
            .Should().Be(new Invalid(InvalidReason.CaptionTooLong, 1025, MediaLimits.CaptionLength));
    }

    [Fact]
    public async Task One_draft_with_one_file_makes_one_message_and_another_file_makes_another()
    {
        var (draft, one, two) = (Guid.NewGuid(), await UploadAsync("a.png", Samples.Png), await UploadAsync("b.png", Samples.Png));

        var first = await SendAsync(Content(MediaKind.Image, one), draft);
        var again = await SendAsync(Content(MediaKind.Image, one), draft);
        var other = await SendAsync(Content(MediaKind.Image, two), draft);

        again!.MessageId.Should().Be(first!.MessageId);
        other!.MessageId.Should().NotBe(first.MessageId).And.NotBeNull();
    }

    [Fact]
    public async Task A_document_without_words_goes_once_for_one_draft_one_after_the_other_and_at_once()
    {
        var (draft, file) = (Guid.NewGuid(), await UploadAsync("invoice.pdf", Samples.Pdf));
        var bare = new DocumentContent(new MediaReference("", "", "", file), null, null);

        var first = await SendAsync(bare, draft);
        var again = await SendAsync(bare with { Caption = "" }, draft);
        var atOnce = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendAsync(bare, draft)));

        atOnce.Append(again).Should().OnlyContain(r => r!.MessageId == first!.MessageId);
        (await SendAsync(bare with { Caption = "words" }, draft))!.MessageId.Should().NotBe(first!.MessageId, "words make it another message");
    }
}
