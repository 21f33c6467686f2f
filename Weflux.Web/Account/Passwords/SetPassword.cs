using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Account.Passwords;

/// <summary>What happens whenever a password is set: old cookies, sessions and links are void, and the person is told.</summary>
public sealed class SetPassword(
    IPasswordHasher<WefluxUser> hasher, SessionBook sessions, AccountLinks links, MailQueue mails, AccountMails texts, TimeProvider time)
{
    /// <summary>Hashes; slow on purpose, so outside of transactions.</summary>
    public string Hash(string password) => hasher.HashPassword(new WefluxUser(), password);

    /// <summary>Sets the password in the running transaction. Tell the sessions after the commit.</summary>
    public async Task ApplyAsync(WefluxDbContext db, UserId person, string hash, Guid? keep, bool unlock, CancellationToken cancellationToken)
    {
        var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == person.Value, cancellationToken);
        user.PasswordHash = hash;
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.ConcurrencyStamp = Guid.NewGuid().ToString();
        user.PasswordChangedAt = time.GetUtcNow();
        user.ResetAskedAt = null;
        if (unlock && user.LockoutEnd is { } end && end - time.GetUtcNow() <= Lockout.Length)
        {
            // Not the lockout without an end, with which accounts are closed.
            user.LockoutEnd = null;
            user.AccessFailedCount = 0;
        }

        var passkeys = await db.Set<IdentityUserPasskey<long>>().CountAsync(p => p.UserId == person.Value, cancellationToken);
        mails.Add(db, texts.PasswordChanged(user, passkeys));
        await sessions.RemoveAsync(db, person, keep, cancellationToken);
        await links.RevokeAsync(db, AccountLinkKind.PasswordReset, person, cancellationToken);
        await links.RevokeAsync(db, AccountLinkKind.EmailChange, person, cancellationToken);
    }
}
