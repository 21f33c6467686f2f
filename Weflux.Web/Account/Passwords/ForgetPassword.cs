using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Team;

namespace Weflux.Web.Account.Passwords;

/// <summary>
/// Asks for a way back in. Whoever asks gets the same answer after the same time, whether there is such an account or
/// not. Without a mail server the Admins of the person's workspaces see that somebody waits.
/// </summary>
public sealed class ForgetPassword(
    WefluxDatabase database,
    ILookupNormalizer normalizer,
    SignInLimits limits,
    AccountLinks links,
    MailQueue mails,
    AccountMails texts,
    TimeProvider time)
{
    public static readonly TimeSpan LinkLives = TimeSpan.FromHours(1);

    /// <summary>How long no second mail leaves while the link in the first works.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(500);

    /// <returns>Null if the request was taken, else how long to wait.</returns>
    public async Task<TimeSpan?> ExecuteAsync(string email, IPAddress? from, CancellationToken cancellationToken)
    {
        if (email.Length > EmailAddress.Longest)
        {
            // No account has such an address, and the limits must not remember it.
            return null;
        }

        var name = normalizer.NormalizeName(email.Trim())!;
        if (limits.Take(from, name) is { } wait)
        {
            return wait;
        }

        var answer = Task.Delay(Takes, cancellationToken);
        await database.WriteForSystemAsync(db => AskAsync(db, name, cancellationToken), cancellationToken);
        await answer;
        return null;
    }

    private async Task AskAsync(WefluxDbContext db, string name, CancellationToken cancellationToken)
    {
        var found = await db.Set<WefluxUser>().AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
        if (found is null)
        {
            return;
        }

        var person = new UserId(found.Id);
        if (!mails.IsConfigured)
        {
            DateTimeOffset? now = time.GetUtcNow();
            await db.Set<WefluxUser>().Where(u => u.Id == found.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.ResetAskedAt, now), cancellationToken);
            return;
        }

        // Of many who ask at once one sends a mail, and the link in it goes on working while somebody else asks again and again.
        await db.LockPersonAsync(person, cancellationToken);
        if (!await links.IsFreshAsync(db, AccountLinkKind.PasswordReset, person, Quiet, cancellationToken))
        {
            var secret = await links.IssueAsync(db, AccountLinkKind.PasswordReset, person, null, LinkLives, cancellationToken);
            mails.Add(db, texts.ResetLink(found, secret));
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
