using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Weflux.Domain.Team;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Account.Passkeys;

/// <summary>A passkey as its person sees it.</summary>
public sealed record PasskeyLine(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>Adds, renames and removes one's own passkeys.</summary>
public sealed class OwnPasskeys(
    WefluxSignIn signIn, WefluxDatabase database, SessionBook sessions, MailQueue mails, AccountMails texts, SignInLimits limits)
{
    public const int LongestName = 60;
    private const int Most = 20;

    /// <summary>What the browser needs to make a passkey.</summary>
    public async Task<string?> OptionsAsync(UserId person)
    {
        var user = await signIn.UserManager.FindByIdAsync(person.ToString());
        return user is null
            ? null
            : await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = person.ToString(), Name = user.Email!, DisplayName = user.Name });
    }

    public async Task<IReadOnlyList<PasskeyLine>> ListAsync(UserId person)
    {
        var user = await signIn.UserManager.FindByIdAsync(person.ToString());
        return user is null
            ? []
            : [.. (await signIn.UserManager.GetPasskeysAsync(user)).OrderBy(p => p.CreatedAt)
                .Select(p => new PasskeyLine(WebEncoders.Base64UrlEncode(p.CredentialId), p.Name ?? "Passkey", p.CreatedAt))];
    }

    /// <returns>What is wrong; null if the passkey was added.</returns>
    public async Task<string?> AddAsync(UserId person, string? credential, string? device, IPAddress? from, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(credential) || credential.Length > 20_000)
        {
            return "The browser made no passkey. Try again.";
        }

        if (limits.Take(from, $"passkey:{person}") is not null)
        {
            return "There were too many attempts. Wait a moment, then try again.";
        }

        var user = (await signIn.UserManager.FindByIdAsync(person.ToString()))!;
        if ((await signIn.UserManager.GetPasskeysAsync(user)).Count >= Most)
        {
            return "An account has at most 20 passkeys. Remove one first.";
        }

        PasskeyAttestationResult made;
        try
        {
            made = await signIn.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // No passkey was asked for in this browser, or too long ago.
            return "That took too long. Try again.";
        }

        if (!made.Succeeded || made.UserEntity.Id != person.ToString())
        {
            return "This passkey could not be checked. Try again.";
        }

        made.Passkey.Name = device ?? "Passkey";
        if (!(await signIn.UserManager.AddOrUpdatePasskeyAsync(user, made.Passkey)).Succeeded)
        {
            return "This passkey could not be stored. Try again.";
        }

        await TellAsync(person, "A passkey was added, with which one can sign in without a password.", cancellationToken);
        return null;
    }

    /// <returns>What is wrong; null if the passkey has the name.</returns>
    public async Task<string?> RenameAsync(UserId person, string? id, string? name)
    {
        var typed = (name ?? "").Trim();
        if (typed.Length is 0 or > LongestName)
        {
            return "A passkey has a name of at most 60 characters.";
        }

        if (await FindAsync(person, id) is not ({ } user, { } passkey))
        {
            return "There is no such passkey any more.";
        }

        passkey.Name = typed;
        return (await signIn.UserManager.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded ? null : "The name could not be stored. Try again.";
    }

    /// <returns>What is wrong; null if the passkey is gone.</returns>
    public async Task<string?> RemoveAsync(UserId person, string? id, CancellationToken cancellationToken)
    {
        if (await FindAsync(person, id) is not ({ } user, { } passkey))
        {
            return "There is no such passkey any more.";
        }

        if (!(await signIn.UserManager.RemovePasskeyAsync(user, passkey.CredentialId)).Succeeded)
        {
            return "The passkey could not be removed. Try again.";
        }

        await TellAsync(person, "A passkey was removed.", cancellationToken);
        return null;
    }

    private async Task<(WefluxUser? User, UserPasskeyInfo? Passkey)> FindAsync(UserId person, string? id)
    {
        var user = await signIn.UserManager.FindByIdAsync(person.ToString());
        try
        {
            return user is null || string.IsNullOrEmpty(id) || id.Length > 2000
                ? (null, null)
                : (user, await signIn.UserManager.GetPasskeyAsync(user, WebEncoders.Base64UrlDecode(id)));
        }
        catch (FormatException)
        {
            return (null, null);
        }
    }

    private async Task TellAsync(UserId person, string what, CancellationToken cancellationToken)
    {
        await database.WriteForSystemAsync(
            async db =>
            {
                var user = (await db.Set<WefluxUser>().FindAsync([person.Value], cancellationToken))!;
                mails.Add(db, texts.SecurityChanged(user, what));
                sessions.Record(db, person);
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        sessions.Tell(person);
    }
}
