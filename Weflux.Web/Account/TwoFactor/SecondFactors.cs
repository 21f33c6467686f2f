using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Security;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>What a person needs to set up an authenticator app.</summary>
public sealed record FactorToBe(string Key, string Uri);

/// <summary>Sets up, checks and takes away the second step of signing in.</summary>
public sealed class SecondFactors(
    WefluxDatabase database, SecretProtector protector, SessionBook sessions, MailQueue mails, AccountMails texts, TimeProvider time)
{
    private const string Issuer = "Weflux";

    /// <summary>The seed to be confirmed: the one made before, so that a page can be loaded again, or a new one.</summary>
    /// <returns>Null if the person has a second step already.</returns>
    public async Task<FactorToBe?> PrepareAsync(UserId person, CancellationToken cancellationToken)
    {
        FactorToBe? prepared = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                if (user.TwoFactorEnabled)
                {
                    return;
                }

                var factor = await db.Set<SecondFactor>().SingleOrDefaultAsync(f => f.UserId == person, cancellationToken);
                if (factor is null)
                {
                    var now = time.GetUtcNow();
                    factor = new SecondFactor
                    {
                        UserId = person,
                        Seed = protector.Protect(Totp.NewSeed(), SecondFactor.SeedContext(person)),
                        CreatedAt = now,
                    };
                    db.Add(factor);
                    await db.SaveChangesAsync(cancellationToken);
                }

                var seed = protector.Unprotect(factor.Seed, SecondFactor.SeedContext(person));
                prepared = new FactorToBe(Totp.Base32(seed), Totp.Uri(seed, user.Email!, Issuer));
            },
            cancellationToken);
        return prepared;
    }

    /// <summary>Turns the second step on with the first right code.</summary>
    /// <returns>The recovery codes, shown once; null if the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(UserId person, string? code, CancellationToken cancellationToken)
    {
        IReadOnlyList<string>? codes = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
                if (user.TwoFactorEnabled || !await UseCodeAsync(db, person, code, cancellationToken))
                {
                    return;
                }

                var now = time.GetUtcNow();
                await db.Set<SecondFactor>().Where(f => f.UserId == person)
                    .ExecuteUpdateAsync(set => set.SetProperty(f => f.ConfirmedAt, now), cancellationToken);
                user.TwoFactorEnabled = true;
                codes = await RecoveryCodes.RenewAsync(db, person, cancellationToken);
                await ChangedAsync(db, user, "A second step to sign in was set up.", cancellationToken);
            },
            cancellationToken);
        sessions.Tell(person);
        return codes;
    }

    /// <summary>Takes the second step away. The caller has proved the password.</summary>
    public async Task RemoveAsync(UserId person, CancellationToken cancellationToken)
    {
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
                user.TwoFactorEnabled = false;
                await db.Set<SecondFactor>().Where(f => f.UserId == person).ExecuteDeleteAsync(cancellationToken);
                await db.Set<RecoveryCode>().Where(c => c.UserId == person).ExecuteDeleteAsync(cancellationToken);
                await ChangedAsync(db, user, "The second step to sign in was removed.", cancellationToken);
            },
            cancellationToken);
        sessions.Tell(person);
    }

    /// <summary>Ten new recovery codes in place of the old ones. The caller has proved the password.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(UserId person, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> codes = [];
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
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

    private async Task ChangedAsync(WefluxDbContext db, WefluxUser user, string what, CancellationToken cancellationToken)
    {
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        mails.Add(db, texts.SecurityChanged(user, what));
        sessions.Record(db, new UserId(user.Id));
        await db.SaveChangesAsync(cancellationToken);
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
