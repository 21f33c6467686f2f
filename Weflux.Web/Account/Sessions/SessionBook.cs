using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Account.Sessions;

/// <summary>Begins sessions, says whether one is open, and ends them everywhere: in cookies, open pages and connections.</summary>
public sealed class SessionBook(WefluxDatabase database, AccessWatch access, TimeProvider time)
{
    /// <summary>A little more than the cookie lives without being used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(8);

    private const int MostRecent = 20_000;
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, (UserId User, long At, bool IsOpen)> _recent = new();

    public async Task<Guid> BeginAsync(UserId user, string device, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = new UserSession
        {
            Id = Guid.NewGuid(),
            UserId = user,
            CreatedAt = now,
            LastSeenAt = now,
            Device = device,
            Address = address,
        };
        await database.WriteForSystemAsync(
            async db =>
            {
                db.Add(session);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return session.Id;
    }

    /// <summary>Whether the session is open, as it was at most a second ago. Pages ask with each of their requests.</summary>
    public async Task<bool> WasOpenAsync(UserId user, Guid session, string? address, CancellationToken cancellationToken)
    {
        // Real time, not the application's clock: it bounds how long an ended session goes on.
        var now = TimeProvider.System.GetTimestamp();
        if (_recent.TryGetValue(session, out var known) && known.User == user && TimeProvider.System.GetElapsedTime(known.At, now) < Recent)
        {
            return known.IsOpen;
        }

        var row = await FindAsync(user, session, cancellationToken);
        if (_recent.Count > MostRecent)
        {
            _recent.Clear();
        }

        _recent[session] = (user, now, row is not null);
        if (row is not null && time.GetUtcNow() - row.LastSeenAt >= SeenEvery)
        {
            await SeeAsync(session, address, cancellationToken);
        }

        return row is not null;
    }

    /// <summary>Whether the session is open now.</summary>
    public async Task<bool> IsOpenAsync(UserId user, Guid session, CancellationToken cancellationToken) =>
        await FindAsync(user, session, cancellationToken) is not null;

    /// <summary>The same for a page that is open: it makes no requests for hours, and is in use all the while.</summary>
    public async Task<bool> IsInUseAsync(UserId user, Guid session, CancellationToken cancellationToken)
    {
        var row = await FindAsync(user, session, cancellationToken);
        if (row is not null && time.GetUtcNow() - row.LastSeenAt >= SeenEvery)
        {
            await SeeAsync(session, row.Address, cancellationToken);
        }

        return row is not null;
    }

    /// <summary>Ends one session of the person.</summary>
    /// <returns>False if there is none such.</returns>
    public async Task<bool> EndAsync(UserId user, Guid session, CancellationToken cancellationToken)
    {
        var isEnded = await EndQuietlyAsync(user, session, cancellationToken);
        Tell(user);
        return isEnded;
    }

    /// <summary>The same for a session that signs itself out, whose own page is to be told only when it has its answer.</summary>
    public async Task<bool> EndQuietlyAsync(UserId user, Guid session, CancellationToken cancellationToken)
    {
        var ended = 0;
        await database.WriteForSystemAsync(
            async db =>
            {
                ended = await db.Set<UserSession>().Where(s => s.Id == session && s.UserId == user).ExecuteDeleteAsync(cancellationToken);
                access.Record(db, user);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        _recent.TryRemove(session, out _);
        return ended > 0;
    }

    /// <summary>Ends all sessions but one in the transaction of what makes that necessary. Call <see cref="Tell"/> after the commit.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> RemoveAsync(WefluxDbContext db, UserId user, Guid? but, CancellationToken cancellationToken)
    {
        var ended = await db.Set<UserSession>().Where(s => s.UserId == user && s.Id != but).ExecuteDeleteAsync(cancellationToken);
        access.Record(db, user);
        await db.SaveChangesAsync(cancellationToken);
        return ended;
    }

    /// <summary>Writes down, in the running transaction, that every node is to look at the person again. Call <see cref="Tell"/> after the commit.</summary>
    public void Record(WefluxDbContext db, UserId user) => access.Record(db, user);

    /// <summary>Has this node look again at every page and connection of the person.</summary>
    public void Tell(UserId user)
    {
        Forget(user);
        access.Tell(user);
    }

    /// <summary>Has this node ask the database at the person's next request.</summary>
    public void Forget(UserId user)
    {
        foreach (var (session, _) in _recent.Where(known => known.Value.User == user))
        {
            _recent.TryRemove(session, out _);
        }
    }

    /// <summary>Removes sessions whose cookies have long expired.</summary>
    public Task SweepAsync(CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - Lifetime;
        return database.WriteForSystemAsync(
            db => db.Set<UserSession>().Where(s => s.LastSeenAt < old).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    private async Task<UserSession?> FindAsync(UserId user, Guid session, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await db.Set<UserSession>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == session && s.UserId == user, cancellationToken);
    }

    private Task SeeAsync(Guid session, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.WriteForSystemAsync(
            db => db.Set<UserSession>().Where(s => s.Id == session).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.Address, address), cancellationToken),
            cancellationToken);
    }
}
