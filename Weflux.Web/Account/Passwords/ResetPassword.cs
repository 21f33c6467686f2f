using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;

namespace Weflux.Web.Account.Passwords;

/// <summary>
/// Sets a new password with a link. Every session ends; a second step to sign in is asked for as before. Passkeys work on
/// unless they are to go as well: whoever got into an account may have left one of theirs.
/// </summary>
public sealed class ResetPassword(WefluxDatabase database, AccountLinks links, SignInLimits limits, SetPassword set, SessionBook sessions)
{
    internal const string Expired = "This link does not work any more. Links work once and for an hour. Ask for a new one.";

    /// <returns>How many passkeys the account has; null if the link does not work any more.</returns>
    public async Task<int?> FindOpenAsync(string? secret, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(AccountLinkKind.PasswordReset, secret, cancellationToken) is not { } link)
        {
            return null;
        }

        await using var db = database.OpenForSystem();
        return await Passkeys(db, link.User).CountAsync(cancellationToken);
    }

    /// <returns>What is wrong; null if the password was set.</returns>
    public async Task<string?> ExecuteAsync(
        string? secret, string? password, bool removePasskeys, IPAddress? from, CancellationToken cancellationToken)
    {
        if (secret is null || secret.Length > AccountLinks.LongestSecret)
        {
            return Expired;
        }

        if (limits.Take(from, $"reset:{secret}") is not null)
        {
            return Proof.TooManyTries.Sentence();
        }

        if (await links.FindAsync(AccountLinkKind.PasswordReset, secret, cancellationToken) is not { } link)
        {
            return Expired;
        }

        await using (var db = database.OpenForSystem())
        {
            var user = await db.Set<WefluxUser>().AsNoTracking().Where(u => u.Id == link.User.Value)
                .Select(u => new { u.Email, u.Name }).SingleOrDefaultAsync(cancellationToken);
            if (user is null)
            {
                return Expired;
            }

            if (PasswordRules.Refuse(password, user.Email, user.Name) is { } fault)
            {
                return fault;
            }
        }

        var hash = set.Hash(password!);
        var isSet = false;
        await database.WriteForSystemAsync(
            async db =>
            {
                isSet = await links.UseAsync(db, link, cancellationToken);
                if (!isSet)
                {
                    return;
                }

                if (removePasskeys)
                {
                    await Passkeys(db, link.User).ExecuteDeleteAsync(cancellationToken);
                }

                await set.ApplyAsync(db, link.User, hash, keep: null, unlock: true, cancellationToken);
            },
            cancellationToken);
        sessions.Tell(link.User);
        return isSet ? null : Expired;
    }

    private static IQueryable<IdentityUserPasskey<long>> Passkeys(WefluxDbContext db, UserId person) =>
        db.Set<IdentityUserPasskey<long>>().Where(p => p.UserId == person.Value);
}
