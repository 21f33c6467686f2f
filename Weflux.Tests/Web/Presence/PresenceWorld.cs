using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Presence;

/// <summary>Nodes of the real program on one file, with one clock between them, and what each told of people.</summary>
public sealed class PresenceWorld : IAsyncDisposable
{
    private readonly List<(WefluxHost Host, IDisposable Listening)> _nodes = [];
    private readonly ConcurrentQueue<PresenceChanged> _told = new();

    internal IReadOnlyList<PresenceChanged> Told => [.. _told];

    internal WefluxHost First => _nodes[0].Host;

    internal static async Task<PresenceWorld> OpenAsync(int nodes = 1)
    {
        var world = new PresenceWorld();
        for (var nth = 0; nth < nodes; nth++)
        {
            await world.JoinAsync();
        }

        return world;
    }

    /// <summary>Another node on the same file.</summary>
    internal async Task<WefluxHost> JoinAsync()
    {
        var host = await WefluxHost.StartAsync(options =>
        {
            if (_nodes.Count > 0)
            {
                (options.DataDirectory, options.Clock) = (First.DataDirectory, First.Clock);
            }
        });
        var listening = host.Services.GetRequiredService<PresenceNews>().Listen(change =>
        {
            _told.Enqueue(change);
            return Task.CompletedTask;
        });
        _nodes.Add((host, listening));
        return host;
    }

    /// <summary>A page of somebody opens on a node, as a circuit would have it, and is known to every node.</summary>
    internal static async Task<OpenPage> ArriveAsync(WefluxHost node, Actor actor)
    {
        var page = node.Services.GetRequiredService<OpenPages>().Enter(actor);
        await node.Services.GetRequiredService<PresenceBeat>().WelcomeAsync(CancellationToken.None);
        return page;
    }

    /// <summary>Time passes as nodes live through it: all that are up beat in between.</summary>
    internal async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromSeconds(10))
        {
            First.Clock.Advance(left < TimeSpan.FromSeconds(10) ? left : TimeSpan.FromSeconds(10));
            foreach (var (host, _) in _nodes)
            {
                await host.Services.GetRequiredService<PresenceBeat>().BeatAsync(CancellationToken.None);
            }
        }
    }

    /// <summary>A node is gone without a word.</summary>
    internal async Task KillAsync(WefluxHost node)
    {
        var (host, listening) = _nodes.Single(n => n.Host == node);
        _nodes.Remove((host, listening));
        listening.Dispose();
        await host.StopKeepingDataAsync();
    }

    internal static async Task<PresenceNow> SeeAsync(WefluxHost node, Actor reader, Actor who) =>
        (await node.Services.GetRequiredService<PresenceQuery>().GetAsync(reader))[who.User];

    internal static Task<long> CounterAsync(WefluxHost node) => node.ReadAsync(db => db.ReadCounterAsync(CancellationToken.None));

    internal static Task<StoredPresence> RowAsync(WefluxHost node, Actor who) =>
        node.ReadAsync(db => db.Set<StoredPresence>().AsNoTracking().SingleAsync(p => p.UserId == who.User));

    public async ValueTask DisposeAsync()
    {
        foreach (var (host, listening) in Enumerable.Reverse(_nodes))
        {
            listening.Dispose();
            if (host == First)
            {
                await host.DisposeAsync();
            }
            else
            {
                await host.StopKeepingDataAsync();
            }
        }
    }
}
