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
}
