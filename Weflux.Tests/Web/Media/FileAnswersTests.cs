using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Team.Settings;

namespace Weflux.Tests.Web.Media;

/// <summary>What comes out when somebody asks for a file, and who gets it.</summary>
public sealed class FileAnswersTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private HttpClient _agent = null!;
    private long _message;

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        using var client = _host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.1", "919400000001", "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        _message = (await _host.MessagesAsync()).Single().Id;
        _agent = await _host.SignInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_picture_is_shown_in_place_and_can_do_nothing_else()
    {
        var file = await KeepAsync("a.png", Samples.Png);

        using var answer = await _agent.GetAsync($"/w/demo/media/{file}");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().Should().Be("image/png");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("inline");
        Header(answer, "X-Content-Type-Options").Should().Be("nosniff");
        Header(answer, "Content-Security-Policy").Should().Contain("sandbox").And.Contain("default-src 'none'").And.NotContain("script-src");
        Header(answer, "Cross-Origin-Resource-Policy").Should().Be("same-origin");
        answer.Headers.CacheControl!.ToString().Should().Be("no-cache, private");
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Samples.Png);
    }

    [Fact]
    public async Task A_document_is_saved_under_its_harmless_name()
    {
        var file = await KeepAsync("Rechnung \"März\".pdf", Samples.Pdf);

        using var answer = await _agent.GetAsync($"/w/demo/media/{file}");

        var disposition = answer.Content.Headers.ContentDisposition!;
        (disposition.DispositionType, disposition.FileNameStar).Should().Be(("attachment", "Rechnung _März_.pdf"));
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/pdf");
    }

    [Fact]
    public async Task A_picture_is_saved_when_somebody_asks_to_save_it()
    {
        var file = await KeepAsync("a.png", Samples.Png);
        using var answer = await _agent.GetAsync($"/w/demo/media/{file}?download=true");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
    }

    [Fact]
    public async Task Part_of_a_film_can_be_asked_for()
    {
        var file = await KeepAsync("a.mp4", Samples.Film);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/w/demo/media/{file}");
        request.Headers.Range = new RangeHeaderValue(100, 199);

        using var answer = await _agent.SendAsync(request);

        answer.StatusCode.Should().Be(HttpStatusCode.PartialContent);
        answer.Content.Headers.ContentRange!.ToString().Should().Be($"bytes 100-199/{Samples.Film.Length}");
        (await answer.Content.ReadAsByteArrayAsync()).Should().Equal(Samples.Film[100..200]);
    }

    [Fact]
    public async Task A_range_outside_the_file_is_refused()
    {
        var file = await KeepAsync("a.mp4", Samples.Film);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/w/demo/media/{file}");
        request.Headers.Range = new RangeHeaderValue(10_000_000, null);
        using var answer = await _agent.SendAsync(request);
        answer.StatusCode.Should().Be(HttpStatusCode.RequestedRangeNotSatisfiable);
    }

    [Fact]
    public async Task A_browser_that_has_it_is_told_so_only_while_the_person_may_see_it()
    {
        var file = await KeepAsync("a.png", Samples.Png);
        using var first = await _agent.GetAsync($"/w/demo/media/{file}");
        (await AgainAsync()).Should().Be(HttpStatusCode.NotModified);

        await AssignToColleagueAsync();
        (await AgainAsync()).Should().Be(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> AgainAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/w/demo/media/{file}");
            request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var answer = await _agent.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_small_picture_is_small_and_only_pictures_have_one()
    {
        var picture = await KeepAsync("a.jpg", Samples.Jpeg(2000, 1000));
        using (var answer = await _agent.GetAsync($"/w/demo/media/{picture}/thumbnail"))
        {
            answer.Content.Headers.ContentType!.MediaType.Should().Be("image/webp");
            (await answer.Content.ReadAsByteArrayAsync()).Length.Should().BeLessThan(20_000);
        }

        await _host.ReadAsync(db => db.Set<MessageFile>().ExecuteDeleteAsync());
        var document = await KeepAsync("a.pdf", Samples.Pdf);
        (await StatusAsync(_agent, $"/w/demo/media/{document}/thumbnail")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task For_strangers_there_is_no_file_and_no_small_picture()
    {
        var file = await KeepAsync("a.png", Samples.Png);
        using var nobody = _host.NewClient();
        using var stranger = await _host.SignInAsync("admin@demo-two.test");
        foreach (var client in new[] { nobody, stranger })
        {
            foreach (var address in new[] { $"/w/demo/media/{file}", $"/w/demo/media/{file}/thumbnail", $"/w/demo-two/media/{file}", $"/w/demo/media/{file + 999}" })
            {
                (await StatusAsync(client, address)).Should().Be(HttpStatusCode.NotFound, address);
            }
        }
    }

    [Fact]
    public async Task An_agent_gets_files_of_conversations_that_the_agent_may_see_and_no_others()
    {
        var file = await KeepAsync("a.png", Samples.Png, "manager@demo.test");
        using var manager = await _host.SignInAsync("manager@demo.test");
        (await StatusAsync(_agent, $"/w/demo/media/{file}")).Should().Be(HttpStatusCode.OK, "nobody holds it yet");

        await AssignToColleagueAsync();

        (await StatusAsync(_agent, $"/w/demo/media/{file}")).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync(manager, $"/w/demo/media/{file}")).Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_upload_that_was_not_sent_is_seen_by_whoever_put_it_here_alone()
    {
        var file = await _host.UploadAsync(await _host.ActorAsync(), "a.png", Samples.Png);
        using var admin = await _host.SignInAsync("admin@demo.test");

        (await StatusAsync(_agent, $"/w/demo/media/{file}")).Should().Be(HttpStatusCode.OK);
        (await StatusAsync(admin, $"/w/demo/media/{file}")).Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_risky_file_is_saved_as_bytes_and_nothing_else()
    {
        var file = await KeepAsync("a.txt", "words"u8.ToArray());
        await _host.ReadAsync(db => db.Set<MediaFile>().Where(f => f.Id == file).ExecuteUpdateAsync(set => set
            .SetProperty(f => f.MimeType, "text/html").SetProperty(f => f.IsRisky, true)));

        using var answer = await _agent.GetAsync($"/w/demo/media/{file}");

        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return answer.StatusCode;
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private async Task<long> KeepAsync(string name, byte[] bytes, string by = "admin@demo.test") =>
        await _host.KeepFileAsync(await _host.ActorAsync(by), _message, name, bytes);

    private async Task AssignToColleagueAsync()
    {
        var colleague = (await _host.ActorAsync("agent2@demo.test")).User;
        await _host.ReadAsync(db => db.Set<Conversation>().ExecuteUpdateAsync(set => set.SetProperty(c => c.AssigneeId, (UserId?)colleague)));
    }
}
