using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Weflux.Domain.Team;

namespace Weflux.Web.Account.TwoFactor;

/// <summary>The second step of signing in, for somebody who has just shown the password. Wrong codes count like wrong passwords.</summary>
public sealed class SecondStep(
    WefluxSignIn signIn, SecondFactors factors, SignInTries tries, SignInLimits limits, LockoutNotice notice, TimeProvider time)
{
    /// <summary>Whether somebody has taken the first step in this browser.</summary>
    public async Task<bool> IsExpectedAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is not null;

    /// <returns>What came of it; null if nobody has taken the first step in this browser, or too long ago.</returns>
    public async Task<SignInOutcome?> ExecuteAsync(
        string? code, bool remember, bool rememberDevice, IPAddress? from, CancellationToken cancellationToken)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return null;
        }

        if (limits.Take(from, $"code:{user.NormalizedUserName}") is { } wait)
        {
            return new SignInOutcome.TooManyTries(wait);
        }

        var person = new UserId(user.Id);
        if (await tries.CountAsync(person, cancellationToken) is not { } counted)
        {
            return new SignInOutcome.LockedOut(Lockout.LeftOf(user, time));
        }

        if (!await factors.CheckAsync(person, code, cancellationToken))
        {
            if (counted.LocksUntil is null)
            {
                return new SignInOutcome.Refused();
            }

            await notice.ExecuteAsync(person, cancellationToken);
            return new SignInOutcome.LockedOut(Lockout.Length);
        }

        await tries.ForgiveAsync(person, counted, isIn: true);
        await signIn.Context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (rememberDevice)
        {
            await signIn.RememberTwoFactorClientAsync(user);
        }

        await signIn.SignInAsync(user, remember);
        return new SignInOutcome.SignedIn();
    }
}
