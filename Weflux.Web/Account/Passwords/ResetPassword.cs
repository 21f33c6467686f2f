using System.Net;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;

namespace Weflux.Web.Account.Passwords;

/// <summary>Sets a new password with a link. Every session ends; a second step to sign in is asked for as before.</summary>
public sealed class ResetPassword(WefluxDatabase database, AccountLinks links, SignInLimits limits, SetPassword set, SessionBook sessions)
{
    internal const string Expired = "This link does not work any more. Links work once and for an hour. Ask for a new one.";

    /// <summary>Whether the link still works.</summary>
    public async Task<bool> IsOpenAsync(string? secret, CancellationToken cancellationToken) =>
        await links.FindAsync(AccountLinkKind.PasswordReset, secret, cancellationToken) is not null;

    /// <returns>What is wrong; null if the password was set.</returns>
    public async Task<string?> ExecuteAsync(string? secret, string? password, IPAddress? from, CancellationToken cancellationToken)
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
                if (isSet)
                {
                    await set.ApplyAsync(db, link.User, hash, keep: null, unlock: true, cancellationToken);
                }
            },
            cancellationToken);
        sessions.Tell(link.User);
        return isSet ? null : Expired;
    }
}
