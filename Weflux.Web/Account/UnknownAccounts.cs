using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Memory;

namespace Weflux.Web.Account;

/// <summary>Counts wrong passwords for names that have no account, so that they lock as known ones do.</summary>
public sealed class UnknownAccounts(IPasswordHasher<WefluxUser> hasher, TimeProvider time) : IDisposable
{
    private const int Remembered = 50_000;
    private readonly MemoryCache _names = new(new MemoryCacheOptions { SizeLimit = Remembered });
    private readonly Lock _lock = new();
    private readonly Lazy<string> _hashOfNobody = new(() => hasher.HashPassword(new WefluxUser(), Guid.NewGuid().ToString()));

    /// <summary>A hash to check against when there is none, so that the check takes as long.</summary>
    public string HashOfNobody => _hashOfNobody.Value;

    /// <summary>How long the name stays locked; null if it is not.</summary>
    public TimeSpan? LockedFor(string name)
    {
        lock (_lock)
        {
            return _names.Get<Failures>(name)?.LockedUntil is { } until && until > time.GetUtcNow() ? until - time.GetUtcNow() : null;
        }
    }

    /// <summary>Counts a wrong password, before it is looked at: of many at once each counts, and none lifts the lock.</summary>
    /// <returns>How long the name is locked now; null if it is not.</returns>
    public TimeSpan? Fail(string name)
    {
        lock (_lock)
        {
            var known = _names.Get<Failures>(name);
            if (known?.LockedUntil is { } until && until > time.GetUtcNow())
            {
                return until - time.GetUtcNow();
            }

            var count = (known?.Count ?? 0) + 1;
            var isLocked = count >= Lockout.Tries;
            _names.Set(
                name,
                isLocked ? new Failures(0, time.GetUtcNow() + Lockout.Length) : new Failures(count, LockedUntil: null),
                new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromDays(1) });
            return isLocked ? Lockout.Length : null;
        }
    }

    public void Dispose() => _names.Dispose();

    private sealed record Failures(int Count, DateTimeOffset? LockedUntil);
}
