using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api;
using Weflux.Web.Media;

namespace Weflux.Tests.Web.Media;

/// <summary>Files that people and programs put into the store in order to send them.</summary>
public sealed class UploadTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private HttpClient _agent = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _agent = await _host.SignInAsync();
        _token = await WefluxHost.FormTokenAsync(_agent, "/w/demo/inbox");
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _host.DisposeAsync();
    }

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
        using var answer = await _agent.PostFileAsync("/w/demo/media", bytes, name, kind, claimed: "text/html", _token);

        answer.StatusCode.Should().Be(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var file = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        (file.GetProperty("kind").GetString(), file.GetProperty("mimeType").GetString(), file.GetProperty("size").GetInt64())
            .Should().Be((becomes, type, bytes.Length));
        FileNames.Endings(type).Should().Contain(e => file.GetProperty("fileName").GetString()!.EndsWith(e));
        (await _agent.GetByteArrayAsync(answer.Headers.Location)).Should().Equal(bytes);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_WhatsApp_would_refuse_or_what_is_hostile_is_not_kept_and_the_answer_says_why(string name, byte[] bytes, string? kind, string why)
    {
        using var answer = await _agent.PostFileAsync("/w/demo/media", bytes, name, kind, claimed: "image/png", _token);

        answer.StatusCode.Should().Be(HttpStatusCode.UnprocessableEntity);
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString().Should().Contain(why);
        (await _host.FilesAsync()).Should().BeEmpty();
        Directory.CreateDirectory(Path.Combine(_host.DataDirectory, "media"));
        Directory.EnumerateFiles(Path.Combine(_host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_too_large_for_its_kind_is_refused_with_both_sizes()
    {
        var large = new byte[(5 * 1024 * 1024) + 1];
        Samples.Jpeg().CopyTo(large, 0);

        using var answer = await _agent.PostFileAsync("/w/demo/media", large, "a.jpg", token: _token);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString()
            .Should().Be("The file has 5.0 MB. WhatsApp takes pictures up to 5.0 MB.");
    }

    [Fact]
    public async Task A_request_beyond_a_hundred_megabytes_is_refused_before_it_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/w/demo/media");
        request.Headers.Add("RequestVerificationToken", _token);
        request.Headers.ExpectContinue = true;
        request.Content = new Endless(200L * 1024 * 1024);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        using var answer = await _agent.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Without_the_token_of_a_page_nothing_is_taken()
    {
        using var without = await _agent.PostFileAsync("/w/demo/media", Samples.Png, "a.png");
        using var forged = await _agent.PostFileAsync("/w/demo/media", Samples.Png, "a.png", token: "x" + _token[1..]);

        (without.StatusCode, forged.StatusCode).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
        (await _host.FilesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Strangers_put_nothing_into_a_workspace()
    {
        using var stranger = await _host.SignInAsync("admin@demo-two.test");
        var token = await WefluxHost.FormTokenAsync(stranger, "/w/demo-two/inbox");
        using var nobody = _host.NewClient();

        using var theirs = await stranger.PostFileAsync("/w/demo/media", Samples.Png, "a.png", token: token);
        using var nobodys = await nobody.PostFileAsync("/w/demo/media", Samples.Png, "a.png", token: token);

        (theirs.StatusCode, nobodys.StatusCode).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
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
        request.Headers.Add("RequestVerificationToken", _token);

        using var answer = await _agent.SendAsync(request);

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
        request.Headers.Add("RequestVerificationToken", _token);

        using var answer = await _agent.SendAsync(request);

        answer.StatusCode.Should().Be(status);
        (await answer.Content.ReadAsStringAsync()).Should().Contain(word);
    }

    [Fact]
    public async Task Many_uploads_of_one_person_at_once_wait_for_one_another_and_are_all_taken()
    {
        var actor = await _host.ActorAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _host.UploadAsync(actor, $"{i}.txt", "x"u8.ToArray())));
        (await _host.FilesAsync()).Should().HaveCount(20);
    }

    [Fact]
    public async Task The_measure_is_kept_by_uploads_that_come_at_once()
    {
        var actor = await _host.ActorAsync();
        for (var i = 0; i < 98; i++)
        {
            await _host.UploadAsync(actor, "a.txt", "x"u8.ToArray());
        }

        var upload = _host.Services.GetRequiredService<Weflux.Web.Media.Sending.UploadFile>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => upload.ExecuteAsync(actor, new MemoryStream([(byte)'x']), "a.txt", null)));

        outcomes.OfType<Weflux.Web.Media.Sending.UploadOutcome.Stored>().Should().HaveCount(2);
        outcomes.OfType<Weflux.Web.Media.Sending.UploadOutcome.TooMany>().Should().HaveCount(6);
        Directory.EnumerateFiles(Path.Combine(_host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Should().HaveCount(100);
    }

    [Fact]
    public async Task Nothing_is_put_into_a_workspace_that_is_being_erased()
    {
        var actor = await _host.ActorAsync();
        await _host.ReadAsync(db => db.Set<Weflux.Web.Team.Workspace>().Where(w => w.Slug == "demo")
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.ErasingSince, _host.Clock.GetUtcNow())));

        var outcome = await _host.Services.GetRequiredService<Weflux.Web.Media.Sending.UploadFile>().ExecuteAsync(actor, new MemoryStream(Samples.Pdf), "a.pdf", null);

        outcome.Should().BeOfType<Weflux.Web.Media.Sending.UploadOutcome.Forbidden>();
        Directory.Exists(Path.Combine(_host.DataDirectory, "media", actor.Workspace.ToString())).Should().BeFalse();
    }

    [Fact]
    public async Task Whoever_has_too_much_waiting_sends_some_first()
    {
        var actor = await _host.ActorAsync();
        for (var i = 0; i < 100; i++)
        {
            await _host.UploadAsync(actor, "a.txt", "x"u8.ToArray());
        }

        using var answer = await _agent.PostFileAsync("/w/demo/media", "x"u8.ToArray(), "a.txt", token: _token);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        await _host.UploadAsync(await _host.ActorAsync("agent2@demo.test"), "a.txt", "x"u8.ToArray());
    }

    [Fact]
    public async Task An_upload_is_taken_away_again_by_whoever_put_it_here_and_nobody_else()
    {
        var mine = await _host.UploadAsync(await _host.ActorAsync(), "a.png", Samples.Png);
        var theirs = await _host.UploadAsync(await _host.ActorAsync("agent2@demo.test"), "b.png", Samples.Png);

        (await DeleteAsync(mine)).Should().Be(HttpStatusCode.NoContent);
        (await DeleteAsync(theirs)).Should().Be(HttpStatusCode.NotFound);

        (await _host.FilesAsync()).Select(f => f.Id).Should().Equal(theirs);
        Directory.EnumerateFiles(Path.Combine(_host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Should().HaveCount(2, "one file and its small picture are left");

        async Task<HttpStatusCode> DeleteAsync(long id)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/w/demo/media/{id}");
            request.Headers.Add("RequestVerificationToken", _token);
            using var answer = await _agent.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_program_puts_a_file_here_looks_at_it_and_fetches_it()
    {
        using var api = _host.NewApiClient();
        using var made = await api.PostFileAsync("/api/v1/media", Samples.Pdf, "bill.pdf");

        made.StatusCode.Should().Be(HttpStatusCode.Created);
        var id = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetInt64();
        var facts = await api.GetJsonAsync($"/api/v1/media/{id}");
        (facts.GetProperty("kind").GetString(), facts.GetProperty("state").GetString(), facts.GetProperty("fileName").GetString())
            .Should().Be(("document", "ready", "bill.pdf"));
        (await api.GetByteArrayAsync($"/api/v1/media/{id}/content")).Should().Equal(Samples.Pdf);

        using var other = _host.NewApiClient(ApiCalls.OtherDemoKey);
        using var refused = await other.GetAsync($"/api/v1/media/{id}");
        refused.StatusCode.Should().Be(HttpStatusCode.NotFound);
        using var sibling = _host.NewApiClient((await _host.IssueKeyAsync(["messages:read", "media:write"])).Key);
        using var unseen = await sibling.GetAsync($"/api/v1/media/{id}");
        unseen.StatusCode.Should().Be(HttpStatusCode.NotFound, "it stands in no message and is another key's");
    }

    [Fact]
    public async Task What_the_API_refuses_it_refuses_with_problem_details()
    {
        using var api = _host.NewApiClient();
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
}
