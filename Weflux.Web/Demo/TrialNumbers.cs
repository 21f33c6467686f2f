using System.Globalization;

namespace Weflux.Web.Demo;

/// <summary>
/// Numbers of the simulator that new workspaces take, one each, to try Weflux with the pretend phone. Like everything of
/// the demo their secrets are public: whoever reaches the simulator can write as any of its customers anyway.
/// </summary>
public static class TrialNumbers
{
    private const int Count = 30;

    public static IReadOnlyList<TrialNumber> All { get; } = [.. Enumerable.Range(1, Count).Select(n => new TrialNumber(n))];

    public static TrialNumber? Find(string appKey) => All.FirstOrDefault(t => t.AppKey == appKey);
}

/// <summary>One of them.</summary>
public sealed record TrialNumber(int Number)
{
    private string Digits => Number.ToString("D3", CultureInfo.InvariantCulture);

    public string AppKey => $"trial-{Digits}";

    public string AppId => $"300000000010{Digits}";

    public string WabaId => $"100000000010{Digits}";

    public string PhoneNumberId => $"200000000010{Digits}";

    public string DisplayPhoneNumber => $"+91 70000 10{Digits}";

    public string AccessToken => $"trial-{Digits}-access-token";

    public string AppSecret => $"trial-{Digits}-app-secret";

    public string VerifyToken => $"trial-{Digits}-verify-token";
}
