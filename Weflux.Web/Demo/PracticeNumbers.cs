using System.Globalization;

namespace Weflux.Web.Demo;

/// <summary>
/// Numbers of the simulator that nobody has connected yet, to try the wizard with. The first two share an account, and the
/// third belongs to another account that the same token opens, so that the wrong pair can be tried as well. The others
/// stand each alone.
/// </summary>
public static class PracticeNumbers
{
    public const string AppId = "300000000000009";
    public const string WabaId = "100000000000009";
    public const string AccessToken = "practice-access-token";
    public const string AppSecret = "practice-app-secret";

    private const int Others = 8;

    public static IReadOnlyList<PracticeNumber> All { get; } =
    [
        new(WabaId, "200000000000009", "+91 80000 90009", "Practice number"),
        new(WabaId, "200000000000010", "+91 80000 90010", "Second practice number"),
        new("100000000000011", "200000000000011", "+91 80000 90011", "Number of another account"),
        .. Enumerable.Range(1, Others).Select(Own),
    ];

    /// <summary>A number with an account and an app of its own, so that workspaces can practise beside each other.</summary>
    private static PracticeNumber Own(int number)
    {
        var digits = number.ToString("D3", CultureInfo.InvariantCulture);
        return new($"100000000020{digits}", $"200000000020{digits}", $"+91 80000 20{digits}", "Practice number")
        {
            AppId = $"300000000020{digits}",
            AccessToken = $"practice-{digits}-access-token",
            AppSecret = $"practice-{digits}-app-secret",
        };
    }
}

public sealed record PracticeNumber(string WabaId, string PhoneNumberId, string DisplayPhoneNumber, string Name)
{
    public string AppId { get; init; } = PracticeNumbers.AppId;

    public string AccessToken { get; init; } = PracticeNumbers.AccessToken;

    public string AppSecret { get; init; } = PracticeNumbers.AppSecret;
}
