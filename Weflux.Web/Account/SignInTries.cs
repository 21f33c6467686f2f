using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Account;

/// <summary>
/// Counts the tries to sign in to an account, in the database and each before it is judged: guesses that come at once
/// count one by one. The last one that is allowed locks the account beforehand, and whoever was right takes that back.
/// </summary>
public sealed class SignInTries(WefluxDatabase database, TimeProvider time)
{
    /// <summary>Counts a try that is about to be judged.</summary>
    /// <returns>Null if the account is locked: then nothing is to be judged.</returns>
    public async Task<CountedTry?> CountAsync(UserId person, CancellationToken cancellationToken)
    {
        CountedTry? counted = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                var now = time.GetUtcNow();
                var own = db.Set<WefluxUser>().Where(u => u.Id == person.Value);
                if (await own.Where(u => u.LockoutEnd == null || u.LockoutEnd <= now)
                    .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), cancellationToken) == 0)
                {
                    return;
                }

                DateTimeOffset? until = now + Lockout.Length;
                var isLast = await own.Where(u => u.AccessFailedCount >= Lockout.Tries).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.LockoutEnd, until).SetProperty(u => u.AccessFailedCount, 0), cancellationToken) == 1;
                counted = new CountedTry(isLast ? until : null);
            },
            cancellationToken);
        return counted;
    }

    /// <summary>The try was right.</summary>
    /// <param name="person">Who.</param>
    /// <param name="counted">The try.</param>
    /// <param name="isIn">Whether that lets the person in. If a second step follows, the wrong tries before go on counting.</param>
    public Task ForgiveAsync(UserId person, CountedTry counted, bool isIn) => database.WriteForSystemAsync(
        async db =>
        {
            var own = db.Set<WefluxUser>().Where(u => u.Id == person.Value);
            if (counted.LocksUntil is { } until)
            {
                await own.Where(u => u.LockoutEnd == until).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null).SetProperty(u => u.AccessFailedCount, Lockout.Tries - 1),
                    CancellationToken.None);
            }
            else
            {
                await own.Where(u => u.AccessFailedCount > 0).ExecuteUpdateAsync(
                    set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount - 1), CancellationToken.None);
            }

            if (isIn)
            {
                await own.ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, 0), CancellationToken.None);
            }
        },
        CancellationToken.None);
}

/// <summary>A try that counts.</summary>
/// <param name="LocksUntil">Until when the account is locked if this try is wrong; null if more are left.</param>
public sealed record CountedTry(DateTimeOffset? LocksUntil);
