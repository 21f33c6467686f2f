using Weflux.Web.CloudApi;
using Weflux.Web.Connections;

namespace Weflux.Web.Numbers.Checks;

/// <summary>A number to look at, with what opens it, in memory only. A class and not a record: its text must never show a secret.</summary>
internal sealed class CheckSubject
{
    public required ConnectionKind Kind { get; init; }

    public required string WabaId { get; init; }

    public required string PhoneNumberId { get; init; }

    public required string? AppId { get; init; }

    /// <summary>Null if it cannot be decrypted.</summary>
    public required string? Token { get; init; }

    /// <summary>Null while it is not known.</summary>
    public required string? AppSecret { get; init; }

    /// <summary>Whether there is a secret that cannot be decrypted.</summary>
    public bool IsSecretLost { get; init; }

    /// <summary>Where its webhooks should go; null while it has no address.</summary>
    public required Uri? Callback { get; init; }

    public GraphAccess ByToken => new(Kind, Token ?? "");

    /// <summary>The app itself; null while its id or secret is not known.</summary>
    public GraphAccess? ByApp => AppId is { Length: > 0 } id && AppSecret is { Length: > 0 } secret ? GraphAccess.OfApp(Kind, id, secret) : null;
}

/// <summary>What the platform said.</summary>
/// <param name="Lines">One line for each thing that was looked at.</param>
/// <param name="Facts">What it says of the number; null if it was not asked or did not say.</param>
/// <param name="DisplayPhoneNumber">The number as people read it.</param>
/// <param name="VerifiedName">The name that customers see.</param>
internal sealed record CheckReport(
    IReadOnlyList<CheckLine> Lines, NumberFacts? Facts = null, string? DisplayPhoneNumber = null, string? VerifiedName = null)
{
    public bool IsGood(CheckKind kind) => Of(kind)?.State is CheckState.Good or CheckState.Warning;

    public CheckLine? Of(CheckKind kind) => Lines.FirstOrDefault(l => l.Kind == kind);
}
