namespace Weflux.Simulator;

/// <summary>A business phone number that exists only in the simulator, with the credentials that open it.</summary>
public sealed record SimulatedNumber(
    string WabaId,
    string PhoneNumberId,
    string DisplayPhoneNumber,
    string VerifiedName,
    string AccessToken,
    string AppKey,
    string AppSecret,
    string AppId)
{
    /// <summary>Whether the phone offers the number by itself; otherwise only where it is asked for by its id.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether its webhooks go to the app key from the start; otherwise nowhere, until somebody connects it.</summary>
    public bool IsConnected { get; init; } = true;

    internal string Digits => string.Concat(DisplayPhoneNumber.Where(char.IsAsciiDigit));

    internal string CountryCode => string.Concat(DisplayPhoneNumber.TrimStart('+').TakeWhile(char.IsAsciiDigit));
}
