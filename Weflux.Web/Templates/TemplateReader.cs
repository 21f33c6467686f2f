using System.Text.Json;
using Weflux.Domain.Sending;

namespace Weflux.Web.Templates;

/// <summary>Reads the platform's list of templates.</summary>
internal static class TemplateReader
{
    public static IEnumerable<Template> Read(JsonElement page)
    {
        foreach (var item in Items(page, "data"))
        {
            if (Text(item, "name") is { } name && Text(item, "language") is { } language)
            {
                yield return Read(item, name, language);
            }
        }
    }

    /// <summary>Where the next page begins; null if this was the last.</summary>
    public static string? NextCursor(JsonElement page) =>
        page.TryGetProperty("paging", out var paging)
        && paging.ValueKind == JsonValueKind.Object
        && paging.TryGetProperty("next", out _)
        && paging.TryGetProperty("cursors", out var cursors)
            ? Text(cursors, "after")
            : null;

    private static Template Read(JsonElement item, string name, string language)
    {
        var components = Items(item, "components").ToList();
        var header = Component(components, "HEADER");
        var body = Component(components, "BODY");
        var buttons = Component(components, "BUTTONS") is { } group ? Items(group, "buttons").ToList() : [];
        var headerText = header is { } h && Is(h, "format", "TEXT") ? Text(h, "text") : null;
        var needsMore = (header is not null && (headerText is null || headerText.Contains("{{", StringComparison.Ordinal)))
            || buttons.Exists(b => Text(b, "url")?.Contains("{{", StringComparison.Ordinal) == true || Is(b, "type", "COPY_CODE") || Is(b, "type", "FLOW"))
            || components.Exists(c => Is(c, "type", "CAROUSEL") || Is(c, "type", "LIMITED_TIME_OFFER"));
        return new Template(
            name,
            language,
            Text(item, "category") switch
            {
                "UTILITY" => TemplateCategory.Utility,
                "AUTHENTICATION" => TemplateCategory.Authentication,

                // A category that is not known is held to the strictest rules.
                _ => TemplateCategory.Marketing,
            },
            Text(item, "status") ?? "UNKNOWN",
            headerText,
            body is { } b2 ? Text(b2, "text") ?? "" : "",
            Component(components, "FOOTER") is { } footer ? Text(footer, "text") : null,
            [.. buttons.Select(b => Text(b, "text")).OfType<string>()],
            Is(item, "parameter_format", "NAMED"),
            needsMore);
    }

    private static JsonElement? Component(List<JsonElement> components, string type)
    {
        foreach (var component in components)
        {
            if (Is(component, "type", type))
            {
                return component;
            }
        }

        return null;
    }

    private static bool Is(JsonElement element, string name, string value) =>
        string.Equals(Text(element, name), value, StringComparison.OrdinalIgnoreCase);

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String
            ? member.GetString()
            : null;
}
