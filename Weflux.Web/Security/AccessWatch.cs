using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Security;

/// <summary>
/// Lets open pages and connections know that somebody's access changed: at once on the node where it was changed, within
/// a beat on the others. Who is told looks again; nothing here says what changed.
/// </summary>
public sealed class AccessWatch(WefluxDatabase database, TimeProvider time, ILogger<AccessWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Far longer than a transaction takes, so that a row that is committed late is seen as well.</summary>
    private static readonly TimeSpan LookBack = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<UserId, ConcurrentDictionary<Watcher, Action>> _watchers = new();
    /// <summary>How long a change of this node's own may wait to be told, because its answer has to leave first.</summary>
    private static readonly TimeSpan OwnWait = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<AccessChange, bool> _own = new();
    private readonly HashSet<long> _seen = [];
    private DateTimeOffset _sweptAt = DateTimeOffset.MinValue;

    /// <summary>Calls back whenever the person's access may have changed, until disposed. The callback must be short and must not throw.</summary>
    public IDisposable Watch(UserId person, Action onChange)
    {
        var watcher = new Watcher(this, person);
        _watchers.GetOrAdd(person, _ => new()).TryAdd(watcher, onChange);
        return watcher;
    }

    /// <summary>Writes the change down in the transaction that makes it. Call <see cref="Tell"/> after the commit.</summary>
    public void Record(WefluxDbContext db, UserId person)
    {
        var change = new AccessChange { UserId = person, At = time.GetUtcNow() };
        db.Add(change);
        _own[change] = false;
    }

    /// <summary>Tells this node's pages and connections of the person.</summary>
    public void Tell(UserId person)
    {
        foreach (var change in _own.Keys.Where(c => c.UserId == person))
        {
            _own[change] = true;
        }

        if (_watchers.TryGetValue(person, out var watchers))
        {
            foreach (var onChange in watchers.Values)
            {
                onChange();
            }
        }
    }

    /// <summary>Looks once for what other nodes changed.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - LookBack;
        await using (var db = database.OpenForSystem())
        {
            var recent = await db.Set<AccessChange>().AsNoTracking().Where(c => c.At >= since)
                .Select(c => new { c.Id, c.UserId }).ToListAsync(cancellationToken);
            _seen.IntersectWith(recent.Select(c => c.Id));
            var own = Own(since);
            foreach (var change in recent.Where(c => !own.Waiting.Contains(c.Id) && _seen.Add(c.Id) && !own.Told.Contains(c.Id)))
            {
                Tell(change.UserId);
            }
        }

        if (time.GetUtcNow() - _sweptAt > Kept)
        {
            _sweptAt = time.GetUtcNow();
            var old = _sweptAt - Kept;
            await database.WriteForSystemAsync(
                db => db.Set<AccessChange>().Where(c => c.At < old).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(BeatAsync, Interval, time, logger, stoppingToken);

    /// <summary>What this node changed itself: told already, or about to be told.</summary>
    private (HashSet<long> Told, HashSet<long> Waiting) Own(DateTimeOffset since)
    {
        var lately = time.GetUtcNow() - OwnWait;
        var own = _own.ToList();
        own.Where(c => c.Key.At < since).ToList().ForEach(c => _own.TryRemove(c.Key, out _));
        return (
            own.Where(c => c.Value).Select(c => c.Key.Id).ToHashSet(),
            own.Where(c => !c.Value && c.Key.At > lately).Select(c => c.Key.Id).ToHashSet());
    }

    private void Leave(UserId person, Watcher watcher)
    {
        if (_watchers.TryGetValue(person, out var watchers))
        {
            watchers.TryRemove(watcher, out _);
        }
    }

    private sealed class Watcher(AccessWatch owner, UserId person) : IDisposable
    {
        public void Dispose() => owner.Leave(person, this);
    }
}
