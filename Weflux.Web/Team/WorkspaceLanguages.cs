namespace Weflux.Web.Team;

/// <summary>The languages a workspace may say that it speaks.</summary>
public static class WorkspaceLanguages
{
    public const string Default = "en";

    /// <summary>Code and own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("en", "English"), ("hi", "हिन्दी"), ("bn", "বাংলা"), ("te", "తెలుగు"), ("mr", "मराठी"), ("ta", "தமிழ்"), ("gu", "ગુજરાતી"),
        ("kn", "ಕನ್ನಡ"), ("ml", "മലയാളം"), ("pa", "ਪੰਜਾਬੀ"), ("ur", "اردو"), ("ar", "العربية"), ("de", "Deutsch"), ("es", "Español"),
        ("fr", "Français"), ("id", "Bahasa Indonesia"), ("it", "Italiano"), ("nl", "Nederlands"), ("pt", "Português"),
    ];

    /// <summary>The codes that a stored list names.</summary>
    public static IReadOnlyList<string> Read(string stored) =>
        [.. stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(IsKnown)];

    /// <summary>The stored form of a choice, in the order of the list.</summary>
    public static string Write(IReadOnlyCollection<string> codes) =>
        string.Join(' ', All.Select(l => l.Code).Where(c => codes.Contains(c, StringComparer.Ordinal)));

    public static bool IsKnown(string code) => All.Any(l => string.Equals(l.Code, code, StringComparison.Ordinal));
}
