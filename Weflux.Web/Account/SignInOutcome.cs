namespace Weflux.Web.Account;

/// <summary>What came of an attempt to sign in.</summary>
public abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    public sealed record SignedIn : SignInOutcome;

    /// <summary>The password is right, and the person has a second step to take.</summary>
    public sealed record NeedsSecondStep : SignInOutcome;

    /// <summary>Wrong name or wrong password; which of them is not told.</summary>
    public sealed record Refused : SignInOutcome;

    public sealed record TooLong : SignInOutcome;

    /// <summary>Too many wrong passwords in a row.</summary>
    public sealed record LockedOut(TimeSpan For) : SignInOutcome;

    /// <summary>Too many attempts for this name or from this address; nothing was checked.</summary>
    public sealed record TooManyTries(TimeSpan RetryAfter) : SignInOutcome;

    /// <summary>What to tell whoever was not let in.</summary>
    internal string Sentence() => this switch
    {
        TooManyTries => "There were too many attempts. Wait a moment, then try again.",
        LockedOut locked => $"There were too many wrong passwords for this account. Try again in {Minutes(locked.For)}.",
        TooLong => PasswordLimit.TooLong,
        _ => "That e-mail address and password do not match. Check both and try again.",
    };

    private static string Minutes(TimeSpan wait)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling(wait.TotalMinutes));
        return minutes == 1 ? "one minute" : $"{minutes} minutes";
    }
}
