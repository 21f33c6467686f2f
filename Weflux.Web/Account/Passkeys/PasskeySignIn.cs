using System.Net;

namespace Weflux.Web.Account.Passkeys;

/// <summary>Signs a person in with a passkey, which stands for password and second step together.</summary>
public sealed class PasskeySignIn(WefluxSignIn signIn, SignInLimits limits)
{
    public async Task<SignInOutcome> ExecuteAsync(string? credential, IPAddress? from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrEmpty(credential) || credential.Length > 20_000)
        {
            return new SignInOutcome.Refused();
        }

        if (limits.Take(from, $"passkeys:{Operations.ClientNetwork.Of(from)}") is { } wait)
        {
            return new SignInOutcome.TooManyTries(wait);
        }

        try
        {
            var result = await signIn.PasskeySignInAsync(credential);
            return result.Succeeded ? new SignInOutcome.SignedIn()
                : result.IsLockedOut ? new SignInOutcome.LockedOut(Lockout.Length)
                : new SignInOutcome.Refused();
        }
        catch (InvalidOperationException)
        {
            // No passkey was asked for in this browser, or too long ago.
            return new SignInOutcome.Refused();
        }
    }
}
