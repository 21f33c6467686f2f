using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Sending;
using Weflux.Tests.Support;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Media.Fetching;

namespace Weflux.Tests.Web.Media;

/// <summary>Who works at which file: one node at each, and every workspace in its turn.</summary>
public sealed class FileClaimsTests : FetchingWorld
{
    [Fact]
    public async Task A_try_that_lost_its_claim_leaves_no_trace_and_takes_nothing_away()
    {
        var letGo = Hold();
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        var slow = await FileAsync(f => f.Claim != null);
        await Eventually.BeAsync(() => Task.FromResult(FilesAsked == 1));

        // The claim ran out and another node has the file now.
        var other = new FileClaim(slow.WorkspaceId, slow.Id, Guid.NewGuid());
        await Host.ReadAsync(db => db.Set<MediaFile>().ExecuteUpdateAsync(
            set => set.SetProperty(f => f.Claim, other.Nonce).SetProperty(f => f.NextTryAt, Now + TimeSpan.FromDays(1))));
        var theirs = Host.Services.GetRequiredService<FetchMedia>().ExecuteAsync(other, CancellationToken.None);
        await Eventually.BeAsync(() => Task.FromResult(FilesAsked == 2));
        letGo();
        await theirs;

        var file = await FileAsync(IsDone);
        file.Tries.Should().Be(1);
        await Eventually.BeAsync(() => Task.FromResult(Directory.EnumerateFiles(Path.Combine(Host.DataDirectory, "media"), "*", SearchOption.AllDirectories).Count() == 2));
        Stored(file).Should().Equal(Samples.Png);
    }

    [Fact]
    public async Task Many_files_of_one_workspace_leave_room_for_those_of_another()
    {
        var now = Now;
        Graph.Reading = context => Status(context, 503);
        await HearAsync("wamid.first", "image", "1", Samples.Png);
        await FileAsync(f => f.Tries == 1);
        var connection = (await Host.FilesAsync()).Single().ConnectionId!.Value;
        foreach (var (slug, count) in new[] { ("demo", 20), ("demo-two", 3) })
        {
            var workspace = (await Host.ActorAsync(slug == "demo" ? "agent@demo.test" : "agent@demo-two.test", slug)).Workspace;
            await Host.ReadAsync(
                async db =>
                {
                    for (var i = 0; i < count; i++)
                    {
                        // Due long ago for a claim by hand, and not yet for the fetcher of the host.
                        db.Add(new MediaFile
                        {
                            WorkspaceId = workspace,
                            Key = Guid.NewGuid(),
                            Kind = MediaKind.Image,
                            State = MediaState.Fetching,
                            CreatedAt = now,
                            ConnectionId = connection,
                            PlatformId = "9",
                            NextTryAt = now + TimeSpan.FromDays(slug == "demo" ? 2 : 3),
                        });
                    }

                    return await db.SaveChangesAsync();
                },
                slug);
        }

        var later = new ShiftableClock();
        later.Advance(now + TimeSpan.FromDays(4) - later.GetUtcNow());
        using var signals = new MediaSignals();
        using var fetcher = new MediaFetcher(
            Host.Services.GetRequiredService<Weflux.Web.Data.WefluxDatabase>(), null!, null!, signals, later, Microsoft.Extensions.Logging.Abstractions.NullLogger<MediaFetcher>.Instance);
        (await fetcher.ClaimAsync(6, CancellationToken.None)).GroupBy(c => c.Workspace).Select(g => g.Count()).Should().Equal(2, 2);
        (await fetcher.ClaimAsync(6, CancellationToken.None)).Should().BeEmpty("each has its share already");
    }

    [Fact]
    public async Task A_file_that_was_being_fetched_when_the_program_ended_is_fetched_by_the_next()
    {
        var letGo = Hold();
        await HearAsync("wamid.photo", "image", "900", Samples.Png);
        await Eventually.BeAsync(() => Task.FromResult(FilesAsked == 1));

        await Host.StopKeepingDataAsync();
        letGo();
        Host = await Host.StartAgainAsync();

        Stored(await FileAsync(f => f.State == MediaState.Ready)).Should().Equal(Samples.Png);
    }
}
