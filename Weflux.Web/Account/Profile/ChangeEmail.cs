using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Account.Profile;

/// <summary>
/// Asks for another e-mail address, which counts once it is confirmed. Whether an account has the new address is told
/// only to whoever reads its mail. Without a mail server nothing can be confirmed, so nothing changes.
/// </summary>
public sealed class ChangeEmail(
    WefluxDatabase database,
    ILookupNormalizer normalizer,
    PasswordProof proof,
    AccountLinks links,
    MailQueue mails,
    AccountMails texts)
{
    internal const string NoMail = "Weflux cannot send mail here, so a new address cannot be confirmed. Ask the person who runs Weflux to set up mail.";
    private static readonly TimeSpan LinkLives = TimeSpan.FromDays(1);
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(500);

    /// <returns>What is wrong; null if a mail is under way to the new address.</returns>
    public async Task<string?> ExecuteAsync(UserId person, string email, string? password, IPAddress? from, CancellationToken cancellationToken)
    {
        if (!mails.IsConfigured)
        {
            return NoMail;
        }

        if (SignUpReading.Email(email) is { } fault)
        {
            return fault;
        }

        var answer = Task.Delay(Takes, cancellationToken);
        if ((await proof.CheckAsync(person, password, from, cancellationToken)).Sentence() is { } refusal)
        {
            return refusal;
        }

        var typed = email.Trim();
        var name = normalizer.NormalizeName(typed)!;
        string? outcome = null;
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = await db.Set<WefluxUser>().AsNoTracking().SingleAsync(u => u.Id == person.Value, cancellationToken);
                if (user.NormalizedUserName == name)
                {
                    outcome = "That is your address already.";
                    return;
                }

                if (await db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == name, cancellationToken))
                {
                    mails.Add(db, texts.EmailIsTaken(typed));
                }
                else
                {
                    var secret = await links.IssueAsync(db, AccountLinkKind.EmailChange, person, typed, LinkLives, cancellationToken);
                    mails.Add(db, texts.ConfirmEmail(typed, user.Name, secret));
                }

                mails.Add(db, texts.EmailChangeAsked(user));
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        await answer;
        return outcome;
    }
}
