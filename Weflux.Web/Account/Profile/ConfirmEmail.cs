using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Account.Profile;

/// <summary>Makes the new e-mail address count, with the link that was sent to it. The old one hears of it.</summary>
public sealed class ConfirmEmail(
    WefluxDatabase database, ILookupNormalizer normalizer, AccountLinks links, SignInLimits limits, MailQueue mails, AccountMails texts)
{
    /// <summary>Whether the link still works.</summary>
    public async Task<bool> IsOpenAsync(string? secret, CancellationToken cancellationToken) =>
        await links.FindAsync(AccountLinkKind.EmailChange, secret, cancellationToken) is not null;

    /// <returns>False if the link does not work any more, or somebody else got the address meanwhile.</returns>
    public async Task<bool> ExecuteAsync(string? secret, IPAddress? from, CancellationToken cancellationToken)
    {
        if (secret is null
            || secret.Length > AccountLinks.LongestSecret
            || limits.Take(from, $"email:{secret}") is not null
            || await links.FindAsync(AccountLinkKind.EmailChange, secret, cancellationToken) is not { Payload: { } email } link)
        {
            return false;
        }

        try
        {
            return await ConfirmAsync(link, email, cancellationToken);
        }
        catch (DbUpdateException) when (!database.IsSqlite)
        {
            // Somebody may have made an account with the same address in this moment.
            await using var db = database.OpenForSystem();
            var name = normalizer.NormalizeName(email);
            if (!await db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == name, cancellationToken))
            {
                throw;
            }

            return false;
        }
    }

    private async Task<bool> ConfirmAsync(OpenLink link, string email, CancellationToken cancellationToken)
    {
        var name = normalizer.NormalizeName(email)!;
        var isDone = false;
        await database.WriteForSystemAsync(
            async db =>
            {
                await db.LockPersonAsync(link.User, cancellationToken);
                isDone = await links.UseAsync(db, link, cancellationToken)
                    && !await db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == name, cancellationToken);
                if (isDone)
                {
                    var user = await db.Set<WefluxUser>().SingleAsync(u => u.Id == link.User.Value, cancellationToken);
                    mails.Add(db, texts.EmailChanged(user.Email!, user.Name));
                    (user.Email, user.UserName, user.EmailConfirmed) = (email, email, true);
                    (user.NormalizedEmail, user.NormalizedUserName) = (normalizer.NormalizeEmail(email), name);
                    user.ConcurrencyStamp = Guid.NewGuid().ToString();

                    // A link on its way to the old address must not open the account any more.
                    await links.RevokeAsync(db, AccountLinkKind.PasswordReset, link.User, cancellationToken);
                    await db.SaveChangesAsync(cancellationToken);
                }
            },
            cancellationToken);
        return isDone;
    }
}
