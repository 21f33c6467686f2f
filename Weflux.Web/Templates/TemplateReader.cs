using System.Globalization;
using System.Text.Json;
using Weflux.Domain;
using Weflux.Domain.Sending;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Templates;

/// <summary>A template as the platform lists it.</summary>
internal sealed record ListedTemplate(string? PlatformId, Template Template, string? Quality, string? Reason);

/// <summary>Reads the platform's list of templates.</summary>
internal static class TemplateReader
{
    private const int LongestWord = 40;

    public static IEnumerable<ListedTemplate> Read(JsonElement page)
    {
        foreach (var item in page.Array("data"))
        {
            if (item.Text("name") is { Length: <= StoredTemplateMapping.NameLength } name
                && item.Text("language") is { Length: <= StoredTemplateMapping.LanguageLength } language)
            {
                yield return new ListedTemplate(
                    item.Text("id") is { Length: <= 64 } id ? id : null,
                    Read(item, name, language),
                    (item.Object("quality_score")?.Text("score") ?? item.Text("quality_score"))?.Cut(20),
                    Reason(item.Text("rejected_reason")));
            }
        }
    }

    /// <summary>Where the next page begins; null if this was the last.</summary>
    public static string? NextCursor(JsonElement page) =>
        page.Object("paging") is { } paging && paging.Member("next") is not null ? paging.Object("cursors")?.Text("after") : null;

    /// <summary>A category that is not known is held to the strictest rules.</summary>
    public static TemplateCategory Category(string? word) => word?.ToUpperInvariant() switch
    {
        "UTILITY" => TemplateCategory.Utility,
        "AUTHENTICATION" => TemplateCategory.Authentication,
        _ => TemplateCategory.Marketing,
    };

    /// <summary>A reason in the platform's words; null if it is none.</summary>
    public static string? Reason(string? word) =>
        word is null || string.Equals(word, "NONE", StringComparison.OrdinalIgnoreCase) ? null : word.Cut(StoredTemplate.LongestReason);

    private static Template Read(JsonElement item, string name, string language)
    {
        var components = item.Array("components").ToList();
        var category = Category(item.Text("category"));
        var header = Component(components, "HEADER");
        var body = Component(components, "BODY");
        var buttons = Component(components, "BUTTONS")?.Array("buttons").ToList() ?? [];
        var cards = Component(components, "CAROUSEL")?.Array("cards").ToList() ?? [];
        var isNamed = Is(item, "parameter_format", "NAMED");
        var template = new Template(
            name,
            language,
            category,
            (item.Text("status") ?? "UNKNOWN").Cut(LongestWord),
            header is { } h ? Header(h) : null,
            body?.Text("text") ?? "",
            Component(components, "FOOTER")?.Text("text"),
            [.. buttons.Select(Button)],
            isNamed,
            [.. cards.Select(Card)],
            [.. components.Concat(cards.SelectMany(c => c.Array("components"))).Where(c => !IsKnown(c)).Select(c => c.Text("type") ?? "UNKNOWN"), .. buttons.Concat(cards.SelectMany(Buttons)).Where(b => Kind(b) == TemplateButtonKind.Other).Select(b => b.Text("type") ?? "UNKNOWN")]);
        return template with
        {
            Examples = Examples(template, header, body, buttons, cards),
            Unwritable = [.. buttons.Concat(cards.SelectMany(Buttons)).Select(Unwritable).OfType<string>().Distinct(StringComparer.Ordinal)],
            WarnsNotToShare = body?.Member("add_security_recommendation") is null ? null : body.Value.Flag("add_security_recommendation"),
        };
    }

    /// <summary>What would be lost if a button were written anew; null if nothing.</summary>
    private static string? Unwritable(JsonElement button) => Kind(button) switch
    {
        TemplateButtonKind.Flow when button.Member("flow_action") is not null || button.Member("navigate_screen") is not null || button.Member("flow_json") is not null => Template.FlowAction,
        TemplateButtonKind.OneTimeCode when button.Text("otp_type") is { } type && !string.Equals(type, "COPY_CODE", StringComparison.OrdinalIgnoreCase) => type.ToUpperInvariant().Cut(LongestWord),
        _ => null,
    };

    private static bool IsKnown(JsonElement component) => component.Text("type")?.ToUpperInvariant() switch
    {
        "HEADER" => Format(component) is not null,
        "BODY" or "FOOTER" or "BUTTONS" or "CAROUSEL" => true,
        _ => false,
    };

    private static TemplateHeaderFormat? Format(JsonElement header) => header.Text("format")?.ToUpperInvariant() switch
    {
        "TEXT" => TemplateHeaderFormat.Text,
        "IMAGE" => TemplateHeaderFormat.Image,
        "VIDEO" => TemplateHeaderFormat.Video,
        "DOCUMENT" => TemplateHeaderFormat.Document,
        "LOCATION" => TemplateHeaderFormat.Location,
        _ => null,
    };

    private static TemplateHeader? Header(JsonElement header) =>
        Format(header) is { } format ? new TemplateHeader(format, format == TemplateHeaderFormat.Text ? header.Text("text") ?? "" : null) : null;

    private static TemplateCard Card(JsonElement card)
    {
        var components = card.Array("components").ToList();
        return new TemplateCard(
            Component(components, "HEADER") is { } header ? Header(header) : null,
            Component(components, "BODY")?.Text("text") ?? "",
            [.. Buttons(card).Select(Button)]);
    }

    private static IEnumerable<JsonElement> Buttons(JsonElement card) => Component([.. card.Array("components")], "BUTTONS")?.Array("buttons") ?? [];

    private static TemplateButton Button(JsonElement button) => new(
        Kind(button), button.Text("text") ?? "", button.Text("url"), button.Text("phone_number"), button.Text("flow_id"));

    private static TemplateButtonKind Kind(JsonElement button) => button.Text("type")?.ToUpperInvariant() switch
    {
        "QUICK_REPLY" => TemplateButtonKind.QuickReply,
        "URL" => TemplateButtonKind.Url,
        "PHONE_NUMBER" => TemplateButtonKind.Phone,
        "COPY_CODE" => TemplateButtonKind.CopyCode,
        "FLOW" => TemplateButtonKind.Flow,
        "OTP" => TemplateButtonKind.OneTimeCode,
        "REQUEST_CONTACT_INFO" => TemplateButtonKind.RequestContact,
        _ => TemplateButtonKind.Other,
    };

    /// <summary>What the reviewer was shown, by slot: a hint for whoever fills the template in.</summary>
    private static Dictionary<string, string>? Examples(
        Template template, JsonElement? header, JsonElement? body, List<JsonElement> buttons, List<JsonElement> cards)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var slot in template.Slots())
        {
            var card = slot.Card is { } at ? cards[at] : (JsonElement?)null;
            List<JsonElement> parts = card is { } c ? [.. c.Array("components")] : [];
            var example = slot switch
            {
                { Button: { } index } => ButtonExample((card is null ? buttons : [.. Buttons(card.Value)])[index], template, slot),
                { IsInHeader: true, Kind: TemplateSlotKind.Text } => TextExample(card is null ? header : Component(parts, "HEADER"), "header_text", slot.Name, 0),
                { Kind: TemplateSlotKind.Text } => TextExample(
                    card is null ? body : Component(parts, "BODY"), "body_text", slot.Name, int.TryParse(slot.Name, CultureInfo.InvariantCulture, out var n) ? n - 1 : 0),
                _ => null,
            };
            if (example is { Length: > 0 })
            {
                found[slot.Id] = example;
            }
        }

        return found.Count > 0 ? found : null;
    }

    private static string? TextExample(JsonElement? component, string kind, string name, int index)
    {
        if (component?.Object("example") is not { } example)
        {
            return null;
        }

        foreach (var named in example.Array(kind + "_named_params"))
        {
            if (Is(named, "param_name", name))
            {
                return named.Text("example");
            }
        }

        // The examples of a body are a list of lists, those of a header a list.
        var values = example.Array(kind).ToList();
        if (values is [{ ValueKind: JsonValueKind.Array } first, ..])
        {
            values = [.. first.EnumerateArray()];
        }

        return index >= 0 && index < values.Count && values[index].ValueKind == JsonValueKind.String ? values[index].GetString() : null;
    }

    private static string? ButtonExample(JsonElement button, Template template, TemplateSlot slot)
    {
        var text = button.Array("example").FirstOrDefault() is { ValueKind: JsonValueKind.String } first ? first.GetString() : button.Text("example");

        // The example of an address is the whole of it; what is filled in is its end.
        var url = (slot.Card is { } card ? template.Cards![card].Buttons : template.Buttons)[slot.Button!.Value].Url;
        var head = url is null ? "" : TemplateText.Fill(url, _ => "");
        return text is not null && head.Length > 0 && text.StartsWith(head, StringComparison.Ordinal) ? text[head.Length..] : text;
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
