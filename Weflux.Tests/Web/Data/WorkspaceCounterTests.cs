using System.Collections.Concurrent;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data;

public sealed class WorkspaceCounterTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public async Task Those_who_take_at_the_same_time_never_share_a_number()
    {
        var shop = await _sandbox.OpenShopAsync();
        var other = _sandbox.Open();
        var taken = new ConcurrentBag<(long First, int Count)>();
        await Parallel.ForAsync(0, 60, async (i, token) =>
        {
            var count = (i % 3) + 1;
            var database = i % 2 == 0 ? _sandbox.Database : other;
            taken.Add((await database.WriteAsync(shop.Workspace, db => db.TakeSequenceAsync(count, token), token), count));
        });
        taken.SelectMany(t => Enumerable.Range(0, t.Count).Select(i => t.First + i)).Order()
            .Should().Equal(Enumerable.Range(1, 120).Select(i => (long)i));
    }

    /// <summary>A screen asks for what is newer than the counter it read: a lower number must not appear after a higher one.</summary>
    [Fact]
    public async Task Numbers_appear_in_the_order_of_commits()
    {
        var shop = await _sandbox.OpenShopAsync();
        using var done = new CancellationTokenSource();
        var watching = Task.Run(async () =>
        {
            var seen = 0L;
            while (!done.IsCancellationRequested)
            {
                await using var db = _sandbox.Database.Open(shop.Workspace);
                var counter = await db.ReadCounterAsync(CancellationToken.None);
                counter.Should().BeGreaterThanOrEqualTo(seen);
                seen = counter;
            }
        });
        var last = 0L;
        for (var i = 0; i < 100; i++)
        {
            var first = await _sandbox.Database.WriteAsync(shop.Workspace, db => db.TakeSequenceAsync(2, CancellationToken.None), CancellationToken.None);
            first.Should().Be(last + 1);
            last = first + 1;
        }

        await done.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task Workspaces_count_apart()
    {
        var (one, two) = (await _sandbox.OpenShopAsync("one"), await _sandbox.OpenShopAsync("two"));
        foreach (var shop in new[] { one, two, one })
        {
            await _sandbox.Database.WriteAsync(shop.Workspace, db => db.TakeSequenceAsync(1, CancellationToken.None), CancellationToken.None);
        }

        await using var db = _sandbox.Database.Open(one.Workspace);
        (await db.ReadCounterAsync(CancellationToken.None)).Should().Be(2);
    }

    [Fact]
    public async Task A_workspace_without_a_counter_is_a_fault()
    {
        var take = () => _sandbox.Database.WriteAsync(
            new Weflux.Domain.Team.WorkspaceId(99), db => db.TakeSequenceAsync(1, CancellationToken.None), CancellationToken.None);
        await take.Should().ThrowAsync<InvalidOperationException>();
    }
}
