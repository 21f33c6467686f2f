using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Data;
using Weflux.Web.Data;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Presence;

/// <summary>Nodes on one database file with one clock, which stands still unless a test moves it, and what they told of people.</summary>
internal sealed class PresenceWorld : IDisposable
{
    private readonly Sandbox _sandbox = new();
    private readonly List<PresenceNode> _nodes = [];
    private readonly List<PresenceChanged> _told = [];

    public FakeTimeProvider Time { get; } = new(Stand.Noon);

    public PresenceNode First => _nodes[0];

    public Actor Asha { get; private set; } = null!;

    public Actor Ravi { get; private set; } = null!;

    /// <summary>What all nodes told together.</summary>
    public IReadOnlyList<PresenceChanged> Told => _told;

    public static async Task<PresenceWorld> OpenAsync()
    {
        var world = new PresenceWorld();
        world.Join();
        (world.Asha, world.Ravi) = await world.OpenShopAsync("shop");
        return world;
    }

    /// <summary>A workspace with two members.</summary>
    public async Task<(Actor Asha, Actor Ravi)> OpenShopAsync(string slug)
    {
        var shop = await _sandbox.OpenShopAsync(slug);
        await _sandbox.Database.WriteAsync(
            shop.Workspace,
            async db =>
            {
                db.Add(new Membership { WorkspaceId = shop.Workspace, UserId = shop.Asha, Role = Role.Manager, JoinedAt = Stand.Noon.AddDays(-1) });
                db.Add(new Membership { WorkspaceId = shop.Workspace, UserId = shop.Ravi, Role = Role.Agent, JoinedAt = Stand.Noon.AddDays(-1) });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return (Stand.Actor(shop.Workspace, shop.Asha, Role.Manager), Stand.Actor(shop.Workspace, shop.Ravi, Role.Agent));
    }

    /// <summary>Another process on the same file.</summary>
    public PresenceNode Join()
    {
        var node = new PresenceNode(_nodes.Count == 0 ? _sandbox.Database : _sandbox.Open(), Time, _told);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A node is gone without a word.</summary>
    public void Kill(PresenceNode node)
    {
        _nodes.Remove(node);
        node.Dispose();
    }

    /// <summary>Time passes, and all nodes that are up beat in between.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (var left = time; left > TimeSpan.Zero; left -= PresenceBeat.Interval)
        {
            Time.Advance(left < PresenceBeat.Interval ? left : PresenceBeat.Interval);
            foreach (var node in _nodes)
            {
                await node.Beat.BeatAsync(CancellationToken.None);
            }
        }
    }

    public Task<T> ReadAsync<T>(Func<WefluxDbContext, Task<T>> read) => _sandbox.Database.WriteAsync(Asha.Workspace, read, CancellationToken.None);

    public Task<long> CounterAsync() => ReadAsync(db => db.ReadCounterAsync(CancellationToken.None));

    public Task<StoredPresence> RowAsync(Actor who) => ReadAsync(db => db.Set<StoredPresence>().AsNoTracking().SingleAsync(p => p.UserId == who.User));

    public void Dispose()
    {
        _nodes.ForEach(n => n.Dispose());
        _sandbox.Dispose();
    }
}

/// <summary>One process, as far as presence goes.</summary>
internal sealed class PresenceNode : IDisposable
{
    public PresenceNode(WefluxDatabase database, TimeProvider time, List<PresenceChanged> told)
    {
        Pages = new OpenPages(time);
        News = new PresenceNews(NullLogger<PresenceNews>.Instance);
        News.Listen(change =>
        {
            told.Add(change);
            return Task.CompletedTask;
        });
        var edits = new PresenceEdits(database, Pages, Stand.Broadcaster(), News, time);
        Beat = new PresenceBeat(database, Pages, edits, time, NullLogger<PresenceBeat>.Instance);
        Query = new PresenceQuery(database, Pages, time);
        Choose = new ChoosePresence(edits, time);
    }

    public OpenPages Pages { get; }

    public PresenceNews News { get; }

    public PresenceBeat Beat { get; }

    public PresenceQuery Query { get; }

    public ChoosePresence Choose { get; }

    /// <summary>A page of somebody opens, as a circuit would have it, and is written down.</summary>
    public async Task<OpenPage> ArriveAsync(Actor actor)
    {
        var page = Pages.Enter(actor);
        await Beat.WelcomeAsync(CancellationToken.None);
        return page;
    }

    /// <summary>What a colleague on this node sees of somebody.</summary>
    public async Task<PresenceNow> SeeAsync(Actor who) => (await Query.GetAsync(who))[who.User];

    public async Task<MemberPresence> StateAsync(Actor who) => (await SeeAsync(who)).State;

    public void Dispose() => Beat.Dispose();
}
