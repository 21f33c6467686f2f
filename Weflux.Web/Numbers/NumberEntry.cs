using Weflux.Web.Connections;

namespace Weflux.Web.Numbers;

/// <summary>What an admin typed to connect a number. A class and not a record: its text must never show a secret.</summary>
public sealed class NumberEntry
{
    public ConnectionKind Kind { get; set; } = ConnectionKind.CloudApi;

    public string WabaId { get; set; } = "";

    public string PhoneNumberId { get; set; } = "";

    public string AppId { get; set; } = "";

    public string Token { get; set; } = "";

    /// <summary>May be empty for an app whose secret is known already.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>The same without what copying puts around it.</summary>
    public NumberEntry Trimmed() => new()
    {
        Kind = Kind,
        WabaId = WabaId.Trim(),
        PhoneNumberId = PhoneNumberId.Trim(),
        AppId = AppId.Trim(),
        Token = Token.Trim(),
        AppSecret = AppSecret.Trim(),
    };
}

/// <summary>The lengths and shapes that are known without asking the platform.</summary>
public static class NumberRules
{
    public const int LongestId = 30;
    public const int LongestSecret = 1000;

    /// <summary>What is wrong with an id as it stands; null if it may be one.</summary>
    public static string? WrongId(string id, string what, string example) =>
        id.Length == 0 ? $"Enter the {what}."
        : id.StartsWith('+') || id.Contains(' ', StringComparison.Ordinal) ? $"This looks like a phone number. The {what} is a number without + and spaces, such as {example}."
        : !id.All(char.IsAsciiDigit) ? $"The {what} has digits only, such as {example}."
        : id.Length > LongestId ? $"The {what} has at most {LongestId} digits."
        : null;

    /// <summary>What is wrong with a token or secret as it stands; null if it may be one.</summary>
    public static string? WrongSecret(string secret, string what) =>
        secret.Length == 0 ? $"Enter the {what}."
        : secret.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c > '~') ? $"The {what} holds a space or a sign that it cannot have. Copy it again, all of it and nothing else."
        : secret.Length > LongestSecret ? $"The {what} is longer than any that Meta gives. Copy it again."
        : null;

    /// <summary>The last four characters, which is all that is ever shown; none of a secret so short that they would be much of it.</summary>
    public static string? Ending(string secret) => secret.Length >= 12 ? secret[^4..] : null;
}
