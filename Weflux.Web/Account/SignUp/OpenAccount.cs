using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Data;
using Weflux.Web.Mail;

namespace Weflux.Web.Account.SignUp;

/// <summary>What came of signing up.</summary>
public abstract record SignUpOutcome
{
    private SignUpOutcome()
    {
    }

    /// <summary>The workspace is there and the person is signed in.</summary>
    public sealed record Made(string Slug) : SignUpOutcome;

    /// <summary>A mail tells how it goes on: with a link, or with the news that the address has an account.</summary>
    public sealed record SeeMail : SignUpOutcome;

    /// <summary>There may be an account already; the person signs in with it.</summary>
    public sealed record PleaseSignIn : SignUpOutcome;

    public sealed record Wrong(IReadOnlyList<SignUpFault> Faults) : SignUpOutcome;

    /// <summary>Nobody may sign up here, or nobody any more.</summary>
    public sealed record Closed : SignUpOutcome;

    public sealed record TooManyTries(TimeSpan RetryAfter) : SignUpOutcome;

    /// <summary>The link was used, or its time is over.</summary>
    public sealed record LinkExpired : SignUpOutcome;
}

/// <summary>
/// Makes an account and its first workspace. Where everybody may sign up and mail can leave, nothing is made before the
/// address is confirmed, so that the answer is the same whether it has an account or not. Without mail that cannot be
/// hidden from somebody who tries to sign in afterwards; then the limits on attempts are what slows guessing down.
/// </summary>
public sealed class OpenAccount(
    WefluxDatabase database,
    SignUpDoor door,
    NewWorkspace workspaces,
    SetPassword passwords,
    ILookupNormalizer normalizer,
    SignInLimits limits,
    AccountLinks links,
    MailQueue mails,
    AccountMails texts,
    SignInManager<WefluxUser> signIn)
{
    private static readonly TimeSpan LinkLives = TimeSpan.FromDays(1);
    private static readonly TimeSpan Takes = TimeSpan.FromMilliseconds(700);

    /// <summary>
    /// Whether a mail comes first. Then the password is chosen by whoever opens it: one that a stranger typed beforehand
    /// would open the account of the person who only followed the link.
    /// </summary>
    public bool IsByMail => door.IsOpenToAll && mails.IsConfigured;

    public async Task<SignUpOutcome> ExecuteAsync(SignUpRequest request, IPAddress? from, CancellationToken cancellationToken)
    {
        if (!await door.IsOpenAsync(cancellationToken))
        {
            return new SignUpOutcome.Closed();
        }

        var isByMail = IsByMail;
        var faults = SignUpReading.Faults(request, out var slug, asksPassword: !isByMail);
        if (faults.Count > 0)
        {
            return new SignUpOutcome.Wrong(faults);
        }

        var email = request.Email.Trim();
        if (limits.Take(from, $"sign-up:{normalizer.NormalizeName(email)}") is { } wait)
        {
            return new SignUpOutcome.TooManyTries(wait);
        }

        var answer = Task.Delay(Takes, cancellationToken);
        var person = new PersonToBe(request.Name.Trim(), email, request.Organisation.Trim(), slug.Value!, request.TimeZone);
        var outcome = isByMail
            ? await AskToConfirmAsync(person, cancellationToken)
            : await MakeAsync(person, passwords.Hash(request.Password), link: null, from, cancellationToken);
        await answer;
        return outcome;
    }

    /// <summary>What a link would make; null if the link does not work any more.</summary>
    public async Task<SignUpToFinish?> FindAsync(string? secret, CancellationToken cancellationToken) =>
        await links.FindAsync(AccountLinkKind.SignUp, secret, cancellationToken) is { Payload: { } payload }
            && JsonSerializer.Deserialize<PersonToBe>(payload) is { } person
                ? new SignUpToFinish(person.Organisation, person.Email)
                : null;

    /// <summary>Goes on where the mail left off, with the password that its reader chooses.</summary>
    public async Task<SignUpOutcome> FinishAsync(string? secret, string? password, IPAddress? from, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(AccountLinkKind.SignUp, secret, cancellationToken) is not { Payload: { } payload } link)
        {
            return new SignUpOutcome.LinkExpired();
        }

        var person = JsonSerializer.Deserialize<PersonToBe>(payload)!;
        if (PasswordRules.Refuse(password, person.Email, person.Name) is { } fault)
        {
            return new SignUpOutcome.Wrong([new SignUpFault(SignUpField.Password, fault)]);
        }

        return limits.Take(from, $"finish:{link.Id}") is { } wait
            ? new SignUpOutcome.TooManyTries(wait)
            : await MakeAsync(person, passwords.Hash(password!), link, from, cancellationToken);
    }

    private async Task<SignUpOutcome> AskToConfirmAsync(PersonToBe person, CancellationToken cancellationToken)
    {
        var name = normalizer.NormalizeName(person.Email)!;
        SignUpOutcome outcome = new SignUpOutcome.SeeMail();
        await database.WriteForSystemAsync(
            async db =>
            {
                if (await NewWorkspace.IsTakenAsync(db, person.Slug, cancellationToken))
                {
                    outcome = Taken(person.Slug);
                    return;
                }

                if (await HasAccountAsync(db, name, cancellationToken))
                {
                    mails.Add(db, texts.EmailIsTaken(person.Email));
                }
                else
                {
                    var secret = await links.IssueForAddressAsync(
                        db, AccountLinkKind.SignUp, name, JsonSerializer.Serialize(person), LinkLives, cancellationToken);
                    mails.Add(db, texts.FinishSignUp(person.Email, person.Organisation, secret));
                }

                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
        return outcome;
    }

    private async Task<SignUpOutcome> MakeAsync(
        PersonToBe person, string hash, OpenLink? link, IPAddress? from, CancellationToken cancellationToken)
    {
        var (outcome, user) = (default(SignUpOutcome), default(WefluxUser));
        try
        {
            await database.WriteForSystemAsync(
                async db => (outcome, user) = await MakeAsync(db, person, hash, link, from, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException) when (!database.IsSqlite)
        {
            // Somebody may have accepted an invitation with the same address in this moment.
            await using var db = database.OpenForSystem();
            if (!await HasAccountAsync(db, normalizer.NormalizeName(person.Email), cancellationToken))
            {
                throw;
            }

            return new SignUpOutcome.PleaseSignIn();
        }

        if (user is not null && await signIn.UserManager.FindByIdAsync(new UserId(user.Id).ToString()) is { } known)
        {
            await signIn.SignInAsync(known, isPersistent: false);
        }

        return outcome!;
    }

    private async Task<(SignUpOutcome, WefluxUser?)> MakeAsync(
        WefluxDbContext db, PersonToBe person, string hash, OpenLink? link, IPAddress? from, CancellationToken cancellationToken)
    {
        if (!await door.PassAsync(db, cancellationToken))
        {
            return (new SignUpOutcome.Closed(), null);
        }

        if (link is not null && !await links.UseAsync(db, link, cancellationToken))
        {
            return (new SignUpOutcome.LinkExpired(), null);
        }

        var name = normalizer.NormalizeName(person.Email);
        var isTaken = await NewWorkspace.IsTakenAsync(db, person.Slug, cancellationToken);
        var free = !isTaken ? person.Slug : link is null ? null : await SlugAdvice.FreeAsync(db, person.Slug, cancellationToken);
        if (free is null || WorkspaceSlug.Read(free, out var slug) != SlugFault.None)
        {
            return (Taken(person.Slug), null);
        }

        if (await HasAccountAsync(db, name, cancellationToken))
        {
            return (new SignUpOutcome.PleaseSignIn(), null);
        }

        var user = new WefluxUser
        {
            UserName = person.Email,
            NormalizedUserName = name,
            Email = person.Email,
            NormalizedEmail = normalizer.NormalizeEmail(person.Email),
            EmailConfirmed = link is not null,
            Name = person.Name,
            PasswordHash = hash,
            SecurityStamp = Guid.NewGuid().ToString(),
            LockoutEnabled = true,
        };
        db.Add(user);
        await db.SaveChangesAsync(cancellationToken);
        await workspaces.AddAsync(db, user, person.Organisation, slug, person.TimeZone, from?.ToString(), cancellationToken);
        return (new SignUpOutcome.Made(slug.Value!), user);
    }

    private static Task<bool> HasAccountAsync(WefluxDbContext db, string name, CancellationToken cancellationToken) =>
        db.Set<WefluxUser>().AnyAsync(u => u.NormalizedUserName == name, cancellationToken);

    private static SignUpOutcome.Wrong Taken(string slug) => new([new SignUpFault(SignUpField.Slug, SlugAdvice.Taken(slug))]);

    private sealed record PersonToBe(string Name, string Email, string Organisation, string Slug, string? TimeZone = null);
}

/// <summary>What a link to finish signing up would make.</summary>
/// <param name="Organisation">The name of the workspace.</param>
/// <param name="Email">The address that is confirmed with it.</param>
public sealed record SignUpToFinish(string Organisation, string Email);
