using System.Net;
using Microsoft.AspNetCore.Identity;
using Weflux.Domain.Team;

namespace Weflux.Web.Account.Passwords;

/// <summary>What came of asking a signed-in person for the password once more.</summary>
public enum Proof
{
    Right,
    Wrong,
    TooManyTries,
    LockedOut,
}

/// <summary>Asks a signed-in person for the current password, before anything that would lock the person out of the account. Wrong ones count as at sign-in.</summary>
public sealed class PasswordProof(SignInManager<WefluxUser> signIn, SignInLimits limits, LockoutNotice notice)
{
    public async Task<Proof> CheckAsync(UserId person, string? password, IPAddress? from, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(password) || password.Length > PasswordLimit.Highest)
        {
            return Proof.Wrong;
        }

        var user = await signIn.UserManager.FindByIdAsync(person.ToString());
        if (user is null)
        {
            return Proof.Wrong;
        }

        if (limits.Take(from, user.NormalizedUserName!) is not null)
        {
            return Proof.TooManyTries;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (result.IsLockedOut)
        {
            await notice.ExecuteAsync(person, cancellationToken);
            return Proof.LockedOut;
        }

        return result.Succeeded ? Proof.Right : Proof.Wrong;
    }
}

/// <summary>What to say when the password was not proved.</summary>
public static class ProofWords
{
    /// <summary>What to tell the person; null if the password was right.</summary>
    public static string? Sentence(this Proof proof) => proof switch
    {
        Proof.Right => null,
        Proof.TooManyTries => "There were too many attempts. Wait a moment, then try again.",
        Proof.LockedOut => "There were too many wrong passwords. Your account is locked for 15 minutes.",
        _ => "The current password is not right. Check it and try again.",
    };
}
