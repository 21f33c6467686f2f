namespace Weflux.Web.Templates;

/// <summary>Languages that templates are written in, by the platform's codes and their own names.</summary>
public static class TemplateLanguages
{
    public static IReadOnlyList<(string Code, string Name)> All { get; } =
    [
        ("en", "English"), ("en_US", "English (US)"), ("en_GB", "English (UK)"), ("hi", "हिन्दी"), ("bn", "বাংলা"), ("te", "తెలుగు"),
        ("mr", "मराठी"), ("ta", "தமிழ்"), ("gu", "ગુજરાતી"), ("kn", "ಕನ್ನಡ"), ("ml", "മലയാളം"), ("pa", "ਪੰਜਾਬੀ"), ("ur", "اردو"),
        ("ar", "العربية"), ("de", "Deutsch"), ("es", "Español"), ("es_AR", "Español (Argentina)"), ("es_ES", "Español (España)"),
        ("es_MX", "Español (México)"), ("fr", "Français"), ("he", "עברית"), ("id", "Bahasa Indonesia"), ("it", "Italiano"), ("ja", "日本語"),
        ("ko", "한국어"), ("ms", "Bahasa Melayu"), ("nl", "Nederlands"), ("pl", "Polski"), ("pt_BR", "Português (Brasil)"),
        ("pt_PT", "Português (Portugal)"), ("ru", "Русский"), ("sw", "Kiswahili"), ("th", "ไทย"), ("tr", "Türkçe"), ("uk", "Українська"),
        ("vi", "Tiếng Việt"), ("zh_CN", "中文 (简体)"), ("zh_HK", "中文 (香港)"), ("zh_TW", "中文 (台灣)"),
    ];

    public static string Name(string code) => All.FirstOrDefault(l => string.Equals(l.Code, code, StringComparison.Ordinal)).Name ?? code;
}
