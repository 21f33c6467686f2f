namespace Weflux.Web.Account.SignUp;

/// <summary>Who may make an account and a workspace. Section <c>Weflux</c>.</summary>
public sealed class SignUpOptions
{
    public const string Section = "Weflux";
    internal const string Fault = $"{Section}:{nameof(SignUp)} must be Open, Invitation or FirstRun.";

    public const string Open = "Open";
    public const string Invitation = "Invitation";
    public const string FirstRun = "FirstRun";

    /// <summary><c>Open</c>: everybody; <c>Invitation</c>: nobody without one; <c>FirstRun</c>: the first person, as long as there is no workspace but the demo's.</summary>
    public string SignUp { get; set; } = FirstRun;

    internal bool IsKnown => Is(Open) || Is(Invitation) || Is(FirstRun);

    internal bool Is(string mode) => string.Equals(SignUp, mode, StringComparison.OrdinalIgnoreCase);
}
