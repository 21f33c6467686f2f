namespace Weflux.Web.Demo;

/// <summary>
/// Numbers of the simulator that nobody has connected yet, to try the wizard with. Two share an account, and the third
/// belongs to another account that the same token opens, so that the wrong pair can be tried as well.
/// </summary>
public static class PracticeNumbers
{
    public const string AppId = "300000000000009";
    public const string WabaId = "100000000000009";
    public const string AccessToken = "practice-access-token";
    public const string AppSecret = "practice-app-secret";

    public static IReadOnlyList<PracticeNumber> All { get; } =
    [
        new(WabaId, "200000000000009", "+91 80000 90009", "Practice number"),
        new(WabaId, "200000000000010", "+91 80000 90010", "Second practice number"),
        new("100000000000011", "200000000000011", "+91 80000 90011", "Number of another account"),
    ];
}

public sealed record PracticeNumber(string WabaId, string PhoneNumberId, string DisplayPhoneNumber, string Name)
{
    public string AppId => PracticeNumbers.AppId;

    public string AccessToken => PracticeNumbers.AccessToken;

    public string AppSecret => PracticeNumbers.AppSecret;
}
