using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Invitations;

/// <summary>
/// Somebody without an account accepts an invitation and gets one: both in one transaction, so that whoever comes second
/// leaves no account behind.
/// </summary>
public sealed class AcceptAsNewPerson(
    WefluxDatabase database, AcceptInvitation acceptance, InvitationQuery invitations, UserManager<WefluxUser> users)
{
    public const int LongestName = 200;

    /// <param name="token">What stands in the link.</param>
    /// <param name="name">The name colleagues see.</param>
    /// <param name="email">The address to sign in with; an invitation for one address decides it itself.</param>
    /// <param name="password">The new password.</param>
    /// <param name="from">The network address the person acts from.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task<NewPersonResult> ExecuteAsync(
        string? token, string name, string email, string password, string? from, CancellationToken cancellationToken = default)
    {
        var invitation = await invitations.FindAsync(token, visitor: null, cancellationToken);
        if (invitation is null || invitation.State != InvitationState.Open)
        {
            return new NewPersonResult(await acceptance.ExecuteAsync(default, token, from, cancellationToken), []);
        }

        var address = EmailAddress.Read(invitation.Email ?? email);
        var user = new WefluxUser
        {
            UserName = address,
            NormalizedUserName = users.NormalizeName(address),
            Email = address,
            NormalizedEmail = users.NormalizeEmail(address),
            Name = name.Trim(),
            SecurityStamp = Guid.NewGuid().ToString(),
            LockoutEnabled = true,
        };
        var faults = await FaultsAsync(user, address, password);
        if (faults.Count > 0)
        {
            return new NewPersonResult(new AcceptResult(AcceptOutcome.NotFound), faults);
        }

        // Hashing is slow on purpose: not while others wait for the transaction.
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return new NewPersonResult(await StoreAsync(token, user, from, cancellationToken), []);
    }

    private async Task<AcceptResult> StoreAsync(string? token, WefluxUser user, string? from, CancellationToken cancellationToken)
    {
        AcceptResult result = new(AcceptOutcome.NotFound);
        try
        {
            await database.WriteForSystemAsync(
                async db => result = await acceptance.TakeAsync(db, token, from, _ => CreateAsync(db, user, cancellationToken), cancellationToken), cancellationToken);
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

    private async Task<List<string>> FaultsAsync(WefluxUser user, string? address, string password)
    {
        var faults = new List<string>();
        if (Domain.PlainText.IsBlank(user.Name) || user.Name.Length > LongestName || user.Name.Any(char.IsControl))
        {
            faults.Add($"Enter your name, at most {LongestName} characters.");
        }

        if (address is null)
        {
            faults.Add("Enter an e-mail address, such as name@example.com.");
        }

        foreach (var validator in users.PasswordValidators)
        {
            faults.AddRange((await validator.ValidateAsync(users, user, password)).Errors.Select(e => e.Description));
        }

        return faults;
    }
}

/// <param name="Result">What became of the invitation.</param>
/// <param name="Faults">What to mend first, in sentences; if there are any, nothing was done.</param>
public sealed record NewPersonResult(AcceptResult Result, IReadOnlyList<string> Faults);
