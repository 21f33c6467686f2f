using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Mail;

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

    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(500);

    /// <returns>Null if the request was taken, else how long to wait.</returns>
    public async Task<TimeSpan?> ExecuteAsync(string email, IPAddress? from, CancellationToken cancellationToken)
    {
        var typed = email.Trim();
        var name = normalizer.NormalizeName(typed)!;
        if (limits.Take(from, name) is { } wait)
        {
            return wait;
        }

        var answer = Task.Delay(Takes, cancellationToken);
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().SingleOrDefaultAsync(u => u.NormalizedUserName == name, cancellationToken);
                if (!mails.IsConfigured)
                {
                    user?.ResetAskedAt = time.GetUtcNow();
                }
                else if (user is not null)
                {
                    var person = new UserId(user.Id);
                    mails.Add(db, texts.ResetLink(
                        user, await links.IssueAsync(db, AccountLinkKind.PasswordReset, person, null, LinkLives, cancellationToken)));
                }

                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        await answer;
        return null;
    }
}
