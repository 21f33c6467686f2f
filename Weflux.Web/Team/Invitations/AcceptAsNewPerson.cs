using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Account;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Account.SignUp;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Team.Invitations;

/// <summary>
/// Somebody without an account accepts an invitation and gets one: both in one transaction, so that whoever comes second
/// leaves no account behind. With a link to hand over anybody can type any address; where mail works, the address is
/// confirmed first and its reader alone learns whether it has an account.
/// </summary>
public sealed class AcceptAsNewPerson(
    WefluxDatabase database,
    AcceptInvitation acceptance,
    InvitationQuery invitations,
    SetPassword passwords,
    ILookupNormalizer normalizer,
    SignInLimits limits,
    AccountLinks links,
    MailQueue mails,
    AccountMails texts)
{
    /// <summary>How many mails one link to hand over sends.</summary>
    internal const int MostMails = 20;
    private static readonly TimeSpan LinkLives = TimeSpan.FromDays(1);

    /// <summary>Whether a mail comes first, whose reader then chooses the password.</summary>
    public bool IsByMail(string? invitedAddress) => invitedAddress is null && mails.IsConfigured;

    /// <param name="token">What stands in the link.</param>
    /// <param name="name">The name colleagues see.</param>
    /// <param name="email">The address to sign in with; an invitation for one address decides it itself.</param>
    /// <param name="password">The new password; not looked at where a mail comes first.</param>
    /// <param name="from">The network address the person acts from.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<NewPersonResult> ExecuteAsync(
        string? token, string name, string email, string password, IPAddress? from, CancellationToken cancellationToken = default)
    {
        var invitation = await invitations.FindAsync(token, visitor: null, cancellationToken);
        if (invitation is null || invitation.State != InvitationState.Open)
        {
            return new NewPersonResult(await acceptance.ExecuteAsync(default, token, from?.ToString(), cancellationToken), []);
        }

        var isByMail = IsByMail(invitation.Email);
        var address = EmailAddress.Read(invitation.Email ?? email);
        var faults = Faults(name, address, isByMail ? null : PasswordRules.Refuse(password, address, name.Trim()));
        if (faults.Count > 0)
        {
            return new NewPersonResult(new AcceptResult(AcceptOutcome.NotFound), faults);
        }

        if (limits.Take(from, normalizer.NormalizeName(address)!) is not null)
        {
            return new NewPersonResult(new AcceptResult(AcceptOutcome.TooManyTries), []);
        }

        var result = isByMail
            ? await AskToConfirmAsync(token, new NewcomerToBe(token!, name.Trim(), address!), from, cancellationToken)
            : await StoreAsync(token, NewUser(name.Trim(), address!, passwords.Hash(password)), from, cancellationToken);
        return new NewPersonResult(result, []);
    }

    /// <summary>Whom a link to finish joining is for, and where it leads; null if it does not work any more.</summary>
    public async Task<(string Email, string WorkspaceName)?> FindAsync(string? secret, CancellationToken cancellationToken = default) =>
        await links.FindAsync(AccountLinkKind.Joining, secret, cancellationToken) is { Payload: { } payload }
            && JsonSerializer.Deserialize<NewcomerToBe>(payload) is { } person
            && await invitations.FindAsync(person.Token, visitor: null, cancellationToken) is { State: InvitationState.Open } invitation
                ? (person.Email, invitation.WorkspaceName)
                : null;

    /// <summary>Goes on where the mail left off, with the password that its reader chooses.</summary>
    public async Task<NewPersonResult> FinishAsync(string? secret, string? password, IPAddress? from, CancellationToken cancellationToken = default)
    {
        if (await links.FindAsync(AccountLinkKind.Joining, secret, cancellationToken) is not { Payload: { } payload } link)
        {
            return new NewPersonResult(new AcceptResult(AcceptOutcome.NotFound), []);
        }

        var person = JsonSerializer.Deserialize<NewcomerToBe>(payload)!;
        if (PasswordRules.Refuse(password, person.Email, person.Name) is { } fault)
        {
            return new NewPersonResult(new AcceptResult(AcceptOutcome.NotFound), [fault]);
        }

        if (limits.Take(from, $"join:{link.Id}") is not null)
        {
            return new NewPersonResult(new AcceptResult(AcceptOutcome.TooManyTries), []);
        }

        var user = NewUser(person.Name, person.Email, passwords.Hash(password!));
        user.EmailConfirmed = true;
        return new NewPersonResult(await StoreAsync(person.Token, user, from, cancellationToken), []);
    }

    private async Task<AcceptResult> AskToConfirmAsync(string? token, NewcomerToBe person, IPAddress? from, CancellationToken cancellationToken)
    {
        AcceptResult result = new(AcceptOutcome.NotFound);
        await database.WriteForSystemAsync(
            async db =>
            {
                if (await AcceptInvitation.FindAsync(db, token, cancellationToken) is not ({ } workspace, { } invitation)
                    || invitation.Token is null)
                {
                    return;
                }

                var name = normalizer.NormalizeName(person.Email)!;
                if (await db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == name, cancellationToken))
                {
                    mails.Add(db, texts.JoinWithAccount(person.Email));
                }
                else
                {
                    var secret = await links.IssueForAddressAsync(
                        db, AccountLinkKind.Joining, name, JsonSerializer.Serialize(person), LinkLives, cancellationToken);
                    mails.Add(db, texts.FinishJoining(person.Email, workspace.Name, secret));
                }

                await acceptance.CountAsync(db, workspace, invitation, MostMails, from?.ToString(), cancellationToken);
                result = new AcceptResult(AcceptOutcome.SeeMail);
            },
            cancellationToken);
        return result;
    }

    private async Task<AcceptResult> StoreAsync(string? token, WefluxUser user, IPAddress? from, CancellationToken cancellationToken)
    {
        AcceptResult result = new(AcceptOutcome.NotFound);
        try
        {
            await database.WriteForSystemAsync(
                async db => result = await acceptance.TakeAsync(db, token, from?.ToString(), _ => CreateAsync(db, user, cancellationToken), cancellationToken),
                cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Two workspaces have locks of their own: somebody may have taken the address through the other one's invitation.
            if (!await IsTakenAsync(user, cancellationToken))
            {
                throw;
            }

            return new AcceptResult(AcceptOutcome.EmailTaken);
        }

        return result;
    }

    private static async Task<WefluxUser?> CreateAsync(WefluxDbContext db, WefluxUser user, CancellationToken cancellationToken)
    {
        if (await db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName || u.NormalizedEmail == user.NormalizedEmail, cancellationToken))
        {
            return null;
        }

        db.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        return user;
    }

    private async Task<bool> IsTakenAsync(WefluxUser user, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == user.NormalizedUserName, cancellationToken);
    }

    private WefluxUser NewUser(string name, string address, string hash) => new()
    {
        UserName = address,
        NormalizedUserName = normalizer.NormalizeName(address),
        Email = address,
        NormalizedEmail = normalizer.NormalizeEmail(address),
        Name = name,
        PasswordHash = hash,
        SecurityStamp = Guid.NewGuid().ToString(),
        LockoutEnabled = true,
    };

    private static List<string> Faults(string name, string? address, string? passwordFault)
    {
        string?[] faults =
        [
            SignUpReading.PersonName(name),
            address is null ? "Enter an e-mail address, such as name@example.com." : null,
            passwordFault,
        ];
        return [.. faults.OfType<string>()];
    }

    private sealed record NewcomerToBe(string Token, string Name, string Email);
}

/// <param name="Result">What became of the invitation.</param>
/// <param name="Faults">What to mend first, in sentences; if there are any, nothing was done.</param>
public sealed record NewPersonResult(AcceptResult Result, IReadOnlyList<string> Faults);
