using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Media.Fetching;

namespace Weflux.Tests.Web.Media;

/// <summary>Files that do not come at once: what is tried again, what may be asked for again, and what never comes.</summary>
public sealed class FetchingAgainTests : FetchingWorld
{
    [Fact]
    public async Task A_file_that_is_not_what_was_announced_is_not_kept_and_is_tried_again()
    {
        var tries = 0;
        Answer(_ => Graph.Address + "file/x", (context, _) => context.Response.Body.WriteAsync(++tries == 1 ? Samples.Pdf : Samples.Png).AsTask());

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        var waiting = await FileAsync(f => f.Tries == 1);
        (waiting.State, waiting.Trouble).Should().Be((MediaState.Fetching, "The file did not arrive whole."));
        waiting.NextTryAt.Should().BeAfter(Now);
        Host.Services.GetRequiredService<IMediaStore>().OpenRead(waiting.WorkspaceId, waiting.Key).Should().BeNull();
        (await BubbleAsync()).Files.Single().Trouble.Should().Be("The file did not arrive whole.");

        Host.Clock.Advance(TimeSpan.FromSeconds(6));
        Stored(await FileAsync(f => f.State == MediaState.Ready)).Should().Equal(Samples.Png);
    }

    [Fact]
    public async Task A_length_that_does_not_fit_is_not_believed()
    {
        Answer(_ => Graph.Address + "file/x", (context, _) => context.Response.Body.WriteAsync(Samples.Png).AsTask(), size: "17");

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.Tries == 1)).Trouble.Should().Be("The file did not arrive whole.");
    }

    [Fact]
    public async Task Whatever_goes_wrong_counts_as_a_try()
    {
        Answer(_ => Graph.Address + "file/x", async (context, _) =>
        {
            context.Response.ContentLength = 500_000;
            await context.Response.Body.WriteAsync(Samples.Png);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.Tries == 1)).Trouble.Should().Be("WhatsApp could not be reached.", "the line broke, and not the disk");
    }

    [Fact]
    public async Task What_the_platform_does_not_find_has_failed_and_may_be_asked_for_again_until_it_is_seven_days_old()
    {
        Graph.Reading = context => GraphStub.RefuseAsync(context, 100);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        var file = await FileAsync(f => f.State == MediaState.Failed);
        (file.NextTryAt, file.Trouble).Should().Be((null, "WhatsApp says that it does not have this file."));
        (await AskAgainAsync()).Should().BeTrue();
        await FileAsync(f => f is { State: MediaState.Failed, Tries: 1 });
        var before = (await Host.MessagesAsync()).Single().ChangeSequence;

        Host.Clock.Advance(TimeSpan.FromDays(7));

        (await AskAgainAsync()).Should().BeFalse("the platform keeps it no longer");
        (await FileAsync(f => f.State == MediaState.Gone)).Trouble.Should().Contain("seven days");
        (await Host.MessagesAsync()).Single().ChangeSequence.Should().BeGreaterThan(before, "open screens take the button away");
    }

    [Fact]
    public async Task What_the_platform_itself_could_not_fetch_never_comes()
    {
        Graph.Reading = context => GraphStub.RefuseAsync(context, 131052);

        await HearAsync("wamid.photo", "image", "900", Samples.Png);

        (await FileAsync(f => f.State == MediaState.Gone)).Trouble.Should().Be("WhatsApp itself could not fetch this file. Ask the customer to send it again.");
        (await AskAgainAsync()).Should().BeFalse();
    }

    [Theory]
    [InlineData("another file", "The file never arrived whole. Ask the customer to send it again.")]
    [InlineData("nothing", "WhatsApp does not have this file any more. Ask the customer to send it again.")]
    public async Task What_is_wrong_or_missing_at_every_try_never_comes_and_cannot_be_asked_for(string there, string words)
    {
        Answer(_ => Graph.Address + "file/x", (context, _) => there == "nothing" ? Status(context, 404) : context.Response.Body.WriteAsync(Samples.Pdf).AsTask());
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        for (var tries = 1; tries < 8; tries++)
        {
            (await FileAsync(f => f.Tries == tries)).State.Should().Be(MediaState.Fetching, "it may come yet");
            Host.Clock.Advance(TimeSpan.FromHours(4));
        }

        (await FileAsync(f => f.State == MediaState.Gone)).Trouble.Should().Be(words);
        (await BubbleAsync()).Files.Single().State.Should().Be(MediaState.Gone);
        (await AskAgainAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task A_number_that_works_again_brings_back_what_failed_unless_it_is_too_old()
    {
        Graph.Reading = context => GraphStub.RefuseAsync(context, 100);
        await HearAsync("wamid.old", "image", "899", Samples.Png);
        await Eventually.SeeAsync(Host.FilesAsync, all => all.Exists(f => f.State == MediaState.Failed));
        Host.Clock.Advance(TimeSpan.FromDays(7));
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await Eventually.SeeAsync(Host.FilesAsync, all => all.Exists(f => f is { PlatformId: "900", State: MediaState.Failed }));
        Serve("899", Samples.Png);
        Serve("900", Samples.Png);
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        await Host.ReadAsync(async db =>
        {
            var number = await db.Set<Connection>().SingleAsync(c => db.Set<MediaFile>().Any(f => f.ConnectionId == c.Id));
            number.Renew([.. number.AccessToken], "oken", Now);
            return await db.SaveChangesAsync();
        });
        Host.Clock.Advance(TimeSpan.FromMinutes(1));

        var files = await Eventually.SeeAsync(Host.FilesAsync, all => all.Exists(f => f.State == MediaState.Ready));
        files.Select(f => (f.PlatformId, f.State)).Should().BeEquivalentTo([("899", MediaState.Gone), ("900", MediaState.Ready)]);
    }

    [Fact]
    public async Task A_number_that_was_disconnected_is_not_asked_and_the_file_has_failed()
    {
        Graph.Reading = context => Status(context, 503);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await FileAsync(f => f.Tries == 1);
        await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.State, ConnectionState.Disconnected)));

        Host.Clock.Advance(TimeSpan.FromSeconds(6));

        (await FileAsync(f => f.State == MediaState.Failed)).Trouble.Should().Be("The number was disconnected before the file came.");
    }

    [Fact]
    public async Task After_its_last_try_a_file_has_failed_until_somebody_asks_again()
    {
        Graph.Reading = context => Status(context, 400);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        for (var tries = 1; tries <= 8; tries++)
        {
            await FileAsync(f => f.Tries == tries);
            Host.Clock.Advance(TimeSpan.FromHours(4));
        }

        (await FileAsync(f => f.State == MediaState.Failed)).NextTryAt.Should().BeNull("it is not tried without end");

        Serve("900", Samples.Png);
        (await AskAgainAsync()).Should().BeTrue();
        (await FileAsync(f => f.State == MediaState.Ready)).Trouble.Should().BeNull();
    }

    [Fact]
    public async Task After_seven_days_the_platform_has_it_no_more_and_it_is_gone()
    {
        Graph.Reading = context => Status(context, 503);
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await FileAsync(f => f.Tries == 1);

        Host.Clock.Advance(TimeSpan.FromDays(7));

        (await FileAsync(f => f.State == MediaState.Gone)).Trouble.Should().Contain("seven days");
    }

    [Fact]
    public async Task A_file_without_end_is_cut_off_and_not_kept()
    {
        var sent = 0L;
        Answer(_ => Graph.Address + "file/x", async (context, _) =>
        {
            var chunk = new byte[1024 * 1024];
            while (!context.RequestAborted.IsCancellationRequested && sent < 400)
            {
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
                sent++;
                if (sent > 110)
                {
                    // Whoever hung up is noticed a moment later.
                    await Task.Delay(20, context.RequestAborted);
                }
            }
        });

        await HearAsync("wamid.photo", "video", "900", Samples.Png);

        var file = await FileAsync(f => f.State == MediaState.Gone);
        file.Trouble.Should().Be("The file is larger than 100 MB.");
        sent.Should().BeLessThan(200);
        Host.Services.GetRequiredService<IMediaStore>().OpenRead(file.WorkspaceId, file.Key).Should().BeNull();
    }

    private async Task<bool> AskAgainAsync() =>
        await Host.Services.GetRequiredService<FetchAgain>().ExecuteAsync(await Host.ActorAsync(), (await Host.MessagesAsync()).Single().Id);
}
