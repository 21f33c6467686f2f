using System.Net;
using Microsoft.AspNetCore.Identity;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Account;

/// <summary>
/// Signs a person in by name and password. A stranger learns nothing about who has an account: an unknown name costs
/// the same time, counts its failures and locks just like a known one.
/// </summary>
public sealed class SignIn(
    SignInManager<WefluxUser> signIn,
    IPasswordHasher<WefluxUser> hasher,
    SignInLimits limits,
    UnknownAccounts unknown,
    LockoutNotice notice,
    TimeProvider time)
{
    // Longer than a check takes, so that the work behind a refusal does not show in its time.
    private static readonly TimeSpan RefusalTakes = TimeSpan.FromMilliseconds(500);

    public async Task<SignInOutcome> ExecuteAsync(
        string email, string password, bool remember, IPAddress? from, CancellationToken cancellationToken)
    {
        if (password.Length > PasswordLimit.Highest)
        {
            return new SignInOutcome.TooLong();
        }

        // Names are remembered for a while, so one that no account can have must not get that far.
        if (email.Length > EmailAddress.Longest)
        {
            return new SignInOutcome.Refused();
        }

        var name = signIn.UserManager.NormalizeName(email.Trim())!;
        if (limits.Take(from, name) is { } retryAfter)
        {
            return new SignInOutcome.TooManyTries(retryAfter);
        }

        var refusal = Task.Delay(RefusalTakes, cancellationToken);
        var user = await signIn.UserManager.FindByNameAsync(name);
        var outcome = user is null ? RefuseUnknown(name, password) : await CheckAsync(user, password, remember, cancellationToken);
        if (outcome is SignInOutcome.Refused or SignInOutcome.LockedOut)
        {
            await refusal;
        }

        return outcome;
    }

    private async Task<SignInOutcome> CheckAsync(WefluxUser user, string password, bool remember, CancellationToken cancellationToken)
    {
        var result = await signIn.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            await notice.ExecuteAsync(new UserId(user.Id), cancellationToken);
            return new SignInOutcome.LockedOut(Lockout.LeftOf(user, time));
        }

        return result switch
        {
            { Succeeded: true } => new SignInOutcome.SignedIn(),
            { RequiresTwoFactor: true } => new SignInOutcome.NeedsSecondStep(),
            _ => new SignInOutcome.Refused(),
        };
    }

    private SignInOutcome RefuseUnknown(string name, string password)
    {
        if (unknown.LockedFor(name) is { } locked)
        {
            return new SignInOutcome.LockedOut(locked);
        }

        var lockedNow = unknown.Fail(name);
        hasher.VerifyHashedPassword(new WefluxUser(), unknown.HashOfNobody, password);
        return lockedNow is { } length ? new SignInOutcome.LockedOut(length) : new SignInOutcome.Refused();
    }
}
