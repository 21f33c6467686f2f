using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Security;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>What a person needs to set up an authenticator app.</summary>
public sealed record FactorToBe(string Key, string Uri);

/// <summary>Keeps and checks the second step of signing in. People change their own with <see cref="OwnSecondFactor"/>.</summary>
public sealed class SecondFactors(
    WefluxDatabase database, SecretProtector protector, SessionBook sessions, MailQueue mails, AccountMails texts, TimeProvider time)
{
    private const string Issuer = "Weflux";

    /// <summary>How long a seed that was shown waits for its first code.</summary>
    internal static readonly TimeSpan Waits = TimeSpan.FromMinutes(15);

    /// <summary>The seed to be confirmed: the one made a few minutes ago, so that a page can be loaded again, or a new one. The caller has proved the password.</summary>
    /// <returns>Null if the person has a second step already.</returns>
    internal async Task<FactorToBe?> PrepareAsync(UserId person, CancellationToken cancellationToken)
    {
        FactorToBe? prepared = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.LockPersonAsync(person, cancellationToken);
                var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                if (user.TwoFactorEnabled)
                {
                    return;
                }

                var factor = await PendingAsync(db, person, cancellationToken);
                var seed = protector.Unprotect(factor.Seed, SecondFactor.SeedContext(person));
                prepared = new FactorToBe(Totp.Base32(seed), Totp.Uri(seed, user.Email!, Issuer));
            },
            cancellationToken);
        return prepared;
    }

    /// <summary>Turns the second step on with the first right code, and ends every session but one. Tell the sessions afterwards.</summary>
    /// <returns>The recovery codes, shown once; null if the code is wrong, or the seed was shown too long ago.</returns>
    internal async Task<IReadOnlyList<string>?> ConfirmAsync(UserId person, Guid? keep, string? code, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? codes = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.LockPersonAsync(person, cancellationToken);
                var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
                var now = time.GetUtcNow();
                var since = now - Waits;
                if (user.TwoFactorEnabled
                    || !await db.Set<SecondFactor>().AnyAsync(f => f.UserId == person && f.CreatedAt >= since, cancellationToken)
                    || !await UseCodeAsync(db, person, code, cancellationToken))
                {
                    return;
                }

                await db.Set<SecondFactor>().Where(f => f.UserId == person)
                    .ExecuteUpdateAsync(set => set.SetProperty(f => f.ConfirmedAt, now), cancellationToken);
                user.TwoFactorEnabled = true;
                codes = await RecoveryCodes.RenewAsync(db, person, cancellationToken);
                await ChangedAsync(db, user, "A second step to sign in was set up.", keep, cancellationToken);
            },
            cancellationToken);
        return codes;
    }

    /// <summary>Takes the second step away, and ends every session but one. The caller has proved the password; tell the sessions afterwards.</summary>
    internal Task RemoveAsync(UserId person, Guid? keep, CancellationToken cancellationToken) => database.WriteForSystemAsync(
        async db =>
        {
            await db.LockPersonAsync(person, cancellationToken);
            await TakeAwayAsync(db, person, "The second step to sign in was removed.", keep, cancellationToken);
        },
        cancellationToken);

    /// <summary>Takes the second step away in the running transaction. Tell the sessions after the commit.</summary>
    internal async Task TakeAwayAsync(WefluxDbContext db, UserId person, string what, Guid? keep, CancellationToken cancellationToken)
    {
        var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
        user.TwoFactorEnabled = false;
        await db.Set<SecondFactor>().Where(f => f.UserId == person).ExecuteDeleteAsync(cancellationToken);
        await db.Set<RecoveryCode>().Where(c => c.UserId == person).ExecuteDeleteAsync(cancellationToken);
        await ChangedAsync(db, user, what, keep, cancellationToken);
    }

    /// <summary>Ten new recovery codes in place of the old ones. The caller has proved the password.</summary>
    internal async Task<IReadOnlyList<string>> RenewCodesAsync(UserId person, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> codes = [];
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.LockPersonAsync(person, cancellationToken);
                var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                codes = await RecoveryCodes.RenewAsync(db, person, cancellationToken);
                mails.Add(db, texts.SecurityChanged(user, "New recovery codes were made; the old ones work no more."));
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return codes;
    }

    /// <summary>Whether the code of the app, or else a recovery code, is right. Either works once.</summary>
    public async Task<bool> CheckAsync(UserId person, string? code, CancellationToken cancellationToken)
    {
        var isRight = false;
        await database.WriteForSystemAsync(
            async db =>
            {
                isRight = await UseCodeAsync(db, person, code, cancellationToken);
                if (!isRight && await RecoveryCodes.UseAsync(db, person, code, cancellationToken))
                {
                    isRight = true;
                    var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                    mails.Add(db, texts.SecurityChanged(user, "Somebody signed in to your account with one of your recovery codes."));
                    await db.SaveChangesAsync(cancellationToken);
                }
            },
            cancellationToken);
        return isRight;
    }

    /// <summary>How many recovery codes are left.</summary>
    public async Task<int> CountCodesAsync(UserId person, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await db.Set<RecoveryCode>().CountAsync(c => c.UserId == person, cancellationToken);
    }

    /// <summary>The seed that waits for its first code, made anew if it has waited too long.</summary>
    private async Task<SecondFactor> PendingAsync(WefluxDbContext db, UserId person, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var factor = await db.Set<SecondFactor>().SingleOrDefaultAsync(f => f.UserId == person, cancellationToken);
        if (factor is not null && now - factor.CreatedAt <= Waits)
        {
            return factor;
        }

        var seed = protector.Protect(Totp.NewSeed(), SecondFactor.SeedContext(person));
        if (factor is null)
        {
            factor = new SecondFactor { UserId = person, Seed = seed, CreatedAt = now };
            db.Add(factor);
        }
        else
        {
            (factor.Seed, factor.CreatedAt, factor.LastStep) = (seed, now, 0);
        }

        await db.SaveChangesAsync(cancellationToken);
        return factor;
    }

    private async Task ChangedAsync(WefluxDbContext db, WefluxUser user, string what, Guid? keep, CancellationToken cancellationToken)
    {
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        mails.Add(db, texts.SecurityChanged(user, what));
        await sessions.RemoveAsync(db, new UserId(user.Id), keep, cancellationToken);
    }

    private async Task<bool> UseCodeAsync(WefluxDbContext db, UserId person, string? code, CancellationToken cancellationToken)
    {
        var factor = await db.Set<SecondFactor>().AsNoTracking().SingleOrDefaultAsync(f => f.UserId == person, cancellationToken);
        return factor is not null
            && Totp.Match(protector.Unprotect(factor.Seed, SecondFactor.SeedContext(person)), code, time.GetUtcNow()) is { } step
            && await db.Set<SecondFactor>().Where(f => f.UserId == person && f.LastStep < step)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step), cancellationToken) == 1;
    }
}
