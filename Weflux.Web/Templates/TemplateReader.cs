using System.Text.Json;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Templates;

/// <summary>Reads the platform's list of templates.</summary>
internal static class TemplateReader
{
    public static IEnumerable<Template> Read(JsonElement page)
    {
        foreach (var item in page.Array("data"))
        {
            if (item.Text("name") is { } name && item.Text("language") is { } language)
            {
                yield return Read(item, name, language);
            }
        }
    }

    /// <summary>Where the next page begins; null if this was the last.</summary>
    public static string? NextCursor(JsonElement page) =>
        page.Object("paging") is { } paging && paging.Member("next") is not null ? paging.Object("cursors")?.Text("after") : null;

    private static Template Read(JsonElement item, string name, string language)
    {
        var components = item.Array("components").ToList();
        var header = Component(components, "HEADER");
        var body = Component(components, "BODY");
        var buttons = Component(components, "BUTTONS") is { } group ? group.Array("buttons").ToList() : [];
        var headerText = header is { } h && Is(h, "format", "TEXT") ? h.Text("text") : null;
        var needsMore = (header is not null && (headerText is null || headerText.Contains("{{", StringComparison.Ordinal)))
            || buttons.Exists(b => b.Text("url")?.Contains("{{", StringComparison.Ordinal) == true || Is(b, "type", "COPY_CODE") || Is(b, "type", "FLOW"))
            || components.Exists(c => Is(c, "type", "CAROUSEL") || Is(c, "type", "LIMITED_TIME_OFFER"));
        return new Template(
            name,
            language,
            item.Text("category") switch
            {
                "UTILITY" => TemplateCategory.Utility,
                "AUTHENTICATION" => TemplateCategory.Authentication,

                // A category that is not known is held to the strictest rules.
                _ => TemplateCategory.Marketing,
            },
            item.Text("status") ?? "UNKNOWN",
            headerText,
            body is { } b2 ? b2.Text("text") ?? "" : "",
            Component(components, "FOOTER") is { } footer ? footer.Text("text") : null,
            [.. buttons.Select(b => b.Text("text")).OfType<string>()],
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
        string.Equals(element.Text(name), value, StringComparison.OrdinalIgnoreCase);
}
