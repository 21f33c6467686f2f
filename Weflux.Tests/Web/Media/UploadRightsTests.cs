using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Media;

/// <summary>Who may put files into the store, how many, and who takes them away again.</summary>
public sealed class UploadRightsTests : UploadWorld
{
    [Fact]
    public async Task Without_the_token_of_a_page_nothing_is_taken()
    {
        using var without = await Agent.PostFileAsync("/w/demo/media", Samples.Png, "a.png");
        using var forged = await Agent.PostFileAsync("/w/demo/media", Samples.Png, "a.png", token: "x" + Token[1..]);

        (without.StatusCode, forged.StatusCode).Should().Be((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
        (await Host.FilesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Strangers_put_nothing_into_a_workspace()
    {
        using var stranger = await Host.SignInAsync("admin@demo-two.test");
        var token = await WefluxHost.FormTokenAsync(stranger, "/w/demo-two/inbox");
        using var nobody = Host.NewClient();

        using var theirs = await stranger.PostFileAsync("/w/demo/media", Samples.Png, "a.png", token: token);
        using var nobodys = await nobody.PostFileAsync("/w/demo/media", Samples.Png, "a.png", token: token);

        (theirs.StatusCode, nobodys.StatusCode).Should().Be((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task Many_uploads_of_one_person_at_once_wait_for_one_another_and_are_all_taken()
    {
        var actor = await Host.ActorAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Host.UploadAsync(actor, $"{i}.txt", "x"u8.ToArray())));
        (await Host.FilesAsync()).Should().HaveCount(20);
    }

    [Fact]
    public async Task The_measure_is_kept_by_uploads_that_come_at_once()
    {
        var actor = await Host.ActorAsync();
        for (var i = 0; i < 98; i++)
        {
            await Host.UploadAsync(actor, "a.txt", "x"u8.ToArray());
        }

        var upload = Host.Services.GetRequiredService<Weflux.Web.Media.Sending.UploadFile>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => upload.ExecuteAsync(actor, new MemoryStream([(byte)'x']), "a.txt", null)));

        outcomes.OfType<Weflux.Web.Media.Sending.UploadOutcome.Stored>().Should().HaveCount(2);
        outcomes.OfType<Weflux.Web.Media.Sending.UploadOutcome.TooMany>().Should().HaveCount(6);
        Directory.EnumerateFiles(Path.Combine(Host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Should().HaveCount(100);
    }

    [Fact]
    public async Task Nothing_is_put_into_a_workspace_that_is_being_erased()
    {
        var actor = await Host.ActorAsync();
        await Host.ReadAsync(db => db.Set<Weflux.Web.Team.Workspace>().Where(w => w.Slug == "demo")
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.ErasingSince, Host.Clock.GetUtcNow())));

        var outcome = await Host.Services.GetRequiredService<Weflux.Web.Media.Sending.UploadFile>().ExecuteAsync(actor, new MemoryStream(Samples.Pdf), "a.pdf", null);

        outcome.Should().BeOfType<Weflux.Web.Media.Sending.UploadOutcome.Forbidden>();
        Directory.Exists(Path.Combine(Host.DataDirectory, "media", actor.Workspace.ToString())).Should().BeFalse();
    }

    [Fact]
    public async Task Whoever_has_too_much_waiting_sends_some_first()
    {
        var actor = await Host.ActorAsync();
        for (var i = 0; i < 100; i++)
        {
            await Host.UploadAsync(actor, "a.txt", "x"u8.ToArray());
        }

        using var answer = await Agent.PostFileAsync("/w/demo/media", "x"u8.ToArray(), "a.txt", token: Token);

        answer.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        await Host.UploadAsync(await Host.ActorAsync("agent2@demo.test"), "a.txt", "x"u8.ToArray());
    }

    [Fact]
    public async Task An_upload_is_taken_away_again_by_whoever_put_it_here_and_nobody_else()
    {
        var mine = await Host.UploadAsync(await Host.ActorAsync(), "a.png", Samples.Png);
        var theirs = await Host.UploadAsync(await Host.ActorAsync("agent2@demo.test"), "b.png", Samples.Png);

        (await DeleteAsync(mine)).Should().Be(HttpStatusCode.NoContent);
        (await DeleteAsync(theirs)).Should().Be(HttpStatusCode.NotFound);

        (await Host.FilesAsync()).Select(f => f.Id).Should().Equal(theirs);
        Directory.EnumerateFiles(Path.Combine(Host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Should().HaveCount(2, "one file and its small picture are left");

        async Task<HttpStatusCode> DeleteAsync(long id)
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/w/demo/media/{id}");
            request.Headers.Add("RequestVerificationToken", Token);
            using var answer = await Agent.SendAsync(request);
            return answer.StatusCode;
        }
    }
}
