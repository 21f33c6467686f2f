using System.Net;
using System.Text.Json;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Media;

/// <summary>Files that people and programs put into the store in order to send them: what is taken, and what is refused.</summary>
public sealed class UploadTests : UploadWorld
{
    public static TheoryData<string, byte[], string?, string, string> Good => new()
    {
        { "photo.jpg", Samples.Jpeg(), null, "image", "image/jpeg" },
        { "photo.pdf", Samples.Png, null, "image", "image/png" },
        { "clip.mp4", Samples.Film, null, "video", "video/mp4" },
        { "note.ogg", Samples.Voice, null, "audio", "audio/ogg" },
        { "note.ogg", Samples.Voice, "voice", "voice", "audio/ogg" },
        { "bill.pdf", Samples.Pdf, null, "document", "application/pdf" },
        { "bill.docx", Samples.Docx, "document", "document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
        { "smile.webp", Samples.Sticker, null, "sticker", "image/webp" },
        { "list.csv", "a;b\n1;2\n"u8.ToArray(), null, "document", "text/plain" },
    };

    public static TheoryData<string, byte[], string?, string> Bad => new()
    {
        { "photo.png", Samples.Svg, null, "This is an SVG file." },
        { "photo.png", Samples.Html, null, "This is a web page." },
        { "page.txt", Samples.Html, "document", "This is a web page." },
        { "bill.pdf", Samples.Program, null, "This is a program." },
        { "bill.docx", Samples.Zip(("[Content_Types].xml", "x"), ("word/vbaProject.bin", "x")), null, "macros" },
        { "photo.png", Samples.PictureAndArchive, null, "more than one thing" },
        { "photo.png", Samples.Bomb(), null, "more pixels" },
        { "photo.png", [.. Samples.Png[..60], .. new byte[300]], null, "damaged" },
        { "large.png", LargePng(), null, "too large to be looked into" },
        { "a.zip", Samples.Zip(("a.txt", "a")), null, "This is an archive." },
        { "../../x.docx", Samples.Zip(("../../x", "a")), null, "more than one thing" },
        { "what", [1, 2, 3, 0, 255], null, "cannot be told" },
        { "nothing.txt", [], null, "empty" },
        { "clip.mov", QuickTime, null, "WhatsApp takes videos as MP4 or 3GP, in H.264 with AAC sound. Export or convert it to MP4" },
        { "clip.mp4", QuickTime, "video", "This is a QuickTime video" },
        { "photo.jpg", Samples.Jpeg(), "document", "WhatsApp takes documents as PDF" },
        { "photo.jpg", Samples.Jpeg(), "sticker", "WhatsApp takes stickers as WebP" },
        { "clip.mp4", Samples.Film, "image", "This is an MP4 file. WhatsApp takes pictures as JPEG or PNG." },
        { "photo.jpg", Samples.Jpeg(), "voice", "WhatsApp takes voice messages as OGG with Opus." },
        { "bill.pdf", Samples.Program, "document", "This is a program. WhatsApp takes documents as PDF, text, Word, Excel or PowerPoint." },
        { "photo.jpg", Samples.Jpeg(), "picture", "'kind' is" },
    };

    [Theory]
    [MemberData(nameof(Good))]
    public async Task A_file_is_taken_for_what_its_bytes_are(string name, byte[] bytes, string? kind, string becomes, string type)
    {
        using var answer = await Agent.PostFileAsync("/w/demo/media", bytes, name, kind, claimed: "text/html", Token);

        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var file = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        (file.GetProperty("kind").GetString(), file.GetProperty("mimeType").GetString(), file.GetProperty("size").GetInt64())
            .Should().Be((becomes, type, bytes.Length));
        FileNames.Endings(type).Should().Contain(e => file.GetProperty("fileName").GetString()!.EndsWith(e));
        (await Agent.GetByteArrayAsync(answer.Headers.Location)).Should().Equal(bytes);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_WhatsApp_would_refuse_or_what_is_hostile_is_not_kept_and_the_answer_says_why(string name, byte[] bytes, string? kind, string why)
    {
        using var answer = await Agent.PostFileAsync("/w/demo/media", bytes, name, kind, claimed: "image/png", Token);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString().Should().Contain(why);
        (await Host.FilesAsync()).Should().BeEmpty();
        Directory.CreateDirectory(Path.Combine(Host.DataDirectory, "media"));
        Directory.EnumerateFiles(Path.Combine(Host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_its_kind_is_refused_with_both_sizes()
    {
        var large = new byte[(5 * 1024 * 1024) + 1];
        Samples.Jpeg().CopyTo(large, 0);

        using var answer = await Agent.PostFileAsync("/w/demo/media", large, "a.jpg", token: Token);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()
            .Should().Be("The file has 5.0 MB. WhatsApp takes pictures up to 5.0 MB.");
    }

    [Fact]
    public async Task A_request_beyond_a_hundred_megabytes_is_refused_before_it_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/w/demo/media");
        request.Headers.Add("RequestVerificationToken", Token);
        request.Headers.ExpectContinue = true;
        request.Content = new Endless(200L * 1024 * 1024);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var answer = await Agent.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"other\"; filename=\"a\"\r\n\r\nb\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nimage\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nnonsense")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\ncut short")]
    [InlineData("multipart/form-data; boundary=x", "")]
    public async Task A_form_without_a_file_is_refused_with_a_sentence(string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/w/demo/media") { Content = new StringContent(body) };
        request.Content.Headers.Remove("Content-Type");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("RequestVerificationToken", Token);

        using var answer = await Agent.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).Should().Contain("one file in the part");
    }

    [Theory]
    [InlineData("document", HttpStatusCode.Created, "\"kind\":\"document\"")]
    [InlineData("image", HttpStatusCode.UnprocessableEntity, "WhatsApp takes pictures as JPEG or PNG")]
    [InlineData("picture", HttpStatusCode.UnprocessableEntity, "'kind' is")]
    public async Task A_kind_that_is_said_behind_the_file_counts_as_well(string kind, HttpStatusCode status, string word)
    {
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(Samples.Pdf), "file", "bill.pdf");
        form.Add(new StringContent(kind), "kind");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/w/demo/media") { Content = form };
        request.Headers.Add("RequestVerificationToken", Token);

        using var answer = await Agent.SendAsync(request);

        answer.StatusCode.Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(word);
    }

    [Fact]
    public async Task A_program_puts_a_file_here_looks_at_it_and_fetches_it()
    {
        using var api = Host.NewApiClient();
        using var made = await api.PostFileAsync("/api/v1/media", Samples.Pdf, "bill.pdf");

        made.StatusCode.Should().Be(HttpStatusCode.Created);
        var id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetInt64();
        var facts = await api.GetJsonAsync($"/api/v1/media/{id}");
        (facts.GetProperty("kind").GetString(), facts.GetProperty("state").GetString(), facts.GetProperty("fileName").GetString())
            .Should().Be(("document", "ready", "bill.pdf"));
        (await api.GetByteArrayAsync($"/api/v1/media/{id}/content")).Should().Equal(Samples.Pdf);

        using var other = Host.NewApiClient(ApiCalls.OtherDemoKey);
        using var refused = await other.GetAsync($"/api/v1/media/{id}");
        refused.StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var sibling = Host.NewApiClient((await Host.IssueKeyAsync(["messages:read", "media:write"])).Key);
        using var unseen = await sibling.GetAsync($"/api/v1/media/{id}");
        unseen.StatusCode.Should().Be(HttpStatusCode.NotFound, "it stands in no message and is another key's");
    }

    [Fact]
    public async Task What_the_API_refuses_it_refuses_with_problem_details()
    {
        using var api = Host.NewApiClient();
        using var answer = await api.PostFileAsync("/api/v1/media", Samples.Svg, "a.png");

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("SVG");
    }

    /// <summary>A sound picture that takes more memory to decode than it is worth: 27 million pixels of one colour.</summary>
    private static byte[] LargePng()
    {
        using var bitmap = new SkiaSharp.SKBitmap(new SkiaSharp.SKImageInfo(6000, 4500, SkiaSharp.SKColorType.Gray8));
        using var image = SkiaSharp.SKImage.FromBitmap(bitmap);
        return image.Encode(SkiaSharp.SKEncodedImageFormat.Png, 80).ToArray();
    }

    private sealed class Endless(long length) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var chunk = new byte[64 * 1024];
            for (var sent = 0L; sent < length; sent += chunk.Length)
            {
                await stream.WriteAsync(chunk);
            }
        }

        protected override bool TryComputeLength(out long size)
        {
            size = length;
            return true;
        }
    }

    private static byte[] QuickTime => Samples.Film.With(8, [.. "qt  "u8]);
}
