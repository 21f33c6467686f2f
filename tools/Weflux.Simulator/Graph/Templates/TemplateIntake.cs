using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weflux.Simulator.Graph.Templates;

/// <summary>What Meta refuses in a template before anybody reviews it, and how it keeps what it takes.</summary>
internal static partial class TemplateIntake
{
    private static readonly string[] Categories = ["UTILITY", "MARKETING", "AUTHENTICATION"];

    public static GraphError? Read(JsonElement body, SampleShelf samples, out JsonElement components)
    {
        components = default;
        var category = body.Text("category")?.ToUpperInvariant();
        if (!Categories.Contains(category))
        {
            return GraphError.Parameter("Param category must be one of {UTILITY, MARKETING, AUTHENTICATION}.");
        }

        var given = body.Items("components");
        if (category == "AUTHENTICATION")
        {
            components = Code(given);
            return null;
        }

        var named = body.Text("parameter_format")?.ToUpperInvariant() == "NAMED";
        foreach (var component in given)
        {
            if (Check(component, named, samples) is { } wrong)
            {
                return wrong;
            }
        }

        if (given.All(c => c.Text("type") != "BODY"))
        {
            return GraphError.Parameter("The component BODY is required.");
        }

        components = body.Member("components")!.Value.Clone();
        return null;
    }

    private static GraphError? Check(JsonElement component, bool named, SampleShelf samples)
    {
        switch (component.Text("type"))
        {
            case "HEADER":
                return Header(component, named, samples);
            case "BODY":
                return Body(component, named, 1024);
            case "FOOTER":
                return component.Text("text") is { Length: > 0 and <= 60 } footer && !Variable().IsMatch(footer) ? null : Wrong(2388073, "The footer has 1 to 60 characters and no variables.");
            case "BUTTONS":
                return Buttons(component);
            case "CAROUSEL":
                var cards = component.Items("cards");
                return cards.Count is < 2 or > 10 ? Wrong(null, "A carousel has 2 to 10 cards.")
                    : cards.SelectMany(card => card.Items("components")).Select(part => part.Text("type") == "BODY" ? Body(part, named, 160) : Check(part, named, samples))
                        .FirstOrDefault(wrong => wrong is not null);
            default:
                return Wrong(null, "The type of a component is not known.");
        }
    }

    private static GraphError? Header(JsonElement header, bool named, SampleShelf samples)
    {
        switch (header.Text("format"))
        {
            case "TEXT":
                var text = header.Text("text") ?? "";
                return text.Length is 0 or > 60 || Variable().Count(text) > 1 ? Wrong(2388047, "The header has 1 to 60 characters and at most one variable.")
                    : Variable().IsMatch(text) && header.Object("example") is null ? Wrong(2388047, "The variable of the header has no example.")
                    : null;
            case "IMAGE" or "VIDEO" or "DOCUMENT":
                return header.Object("example")?.Items("header_handle") is [{ ValueKind: JsonValueKind.String } handle, ..] && samples.IsKnown(handle.GetString()!)
                    ? null
                    : Wrong(2388047, "The header has no sample, or one that is not known.");
            case "LOCATION":
                return null;
            default:
                return Wrong(2388047, named ? "The format of the header is not known." : "The header has no format that is known.");
        }
    }

    private static GraphError? Body(JsonElement body, bool named, int most)
    {
        var text = (body.Text("text") ?? "").Trim();
        if (text.Length == 0 || text.Length > most)
        {
            return Wrong(text.Length > most ? 2388040 : 2388072, $"The body has 1 to {most} characters.");
        }

        var variables = Variable().Matches(text);
        if (variables.Count == 0)
        {
            return null;
        }

        if (variables[0].Index == 0 || variables[^1].Index + variables[^1].Length == text.Length)
        {
            return Wrong(2388299, "Variables can't be at the start or end of the template.");
        }

        var distinct = variables.Select(match => match.Value).Distinct().Count();
        var examples = named
            ? body.Object("example")?.Items("body_text_named_params").Count
            : body.Object("example")?.Items("body_text") is [{ ValueKind: JsonValueKind.Array } first, ..] ? first.GetArrayLength() : 0;
        return examples == distinct ? null : Wrong(2388072, "The body has not one example for each variable.");
    }

    private static GraphError? Buttons(JsonElement component)
    {
        var buttons = component.Items("buttons");
        return buttons.Count is 0 or > 10 ? Wrong(null, "There are 1 to 10 buttons.")
            : buttons.Count(b => b.Text("type") == "URL") > 2 ? Wrong(null, "At most 2 buttons open an address.")
            : buttons.Count(b => b.Text("type") == "PHONE_NUMBER") > 1 ? Wrong(null, "At most 1 button calls a number.")
            : buttons.Any(b => b.Text("type") != "COPY_CODE" && b.Text("text") is not { Length: > 0 and <= 25 }) ? Wrong(null, "The label of a button has 1 to 25 characters.")
            : buttons.Any(b => b.Text("url")?.Contains("{{", StringComparison.Ordinal) == true && b.Items("example").Count == 0) ? Wrong(null, "The variable of an address has no example.")
            : null;
    }

    /// <summary>Meta writes these words itself and turns the button into one that opens an address.</summary>
    private static JsonElement Code(IReadOnlyList<JsonElement> given)
    {
        var warns = given.FirstOrDefault(c => c.Text("type") == "BODY").Flag("add_security_recommendation") == true;
        var label = given.FirstOrDefault(c => c.Text("type") == "BUTTONS").Items("buttons") is [var button, ..] ? button.Text("text") ?? "Copy code" : "Copy code";
        var components = new JsonArray(new JsonObject
        {
            ["type"] = "BODY",
            ["text"] = "*{{1}}* is your verification code." + (warns ? " For your security, do not share this code." : ""),
            ["add_security_recommendation"] = warns,
            ["example"] = new JsonObject { ["body_text"] = new JsonArray(new JsonArray("123456")) },
        });
        if (given.FirstOrDefault(c => c.Text("type") == "FOOTER").Member("code_expiration_minutes") is { } minutes)
        {
            components.Add(new JsonObject { ["type"] = "FOOTER", ["text"] = $"This code expires in {minutes} minutes.", ["code_expiration_minutes"] = minutes.GetInt32() });
        }

        components.Add(new JsonObject
        {
            ["type"] = "BUTTONS",
            ["buttons"] = new JsonArray(new JsonObject
            {
                ["type"] = "URL",
                ["text"] = label,
                ["url"] = "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}",
                ["example"] = new JsonArray("https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456"),
            }),
        });
        return SimulatorJson.ToElement(components);
    }

    private static GraphError Wrong(int? subcode, string details) => new(100, "(#100) Invalid parameter", details) { Subcode = subcode };

    [GeneratedRegex(@"\{\{\s*\w+\s*\}\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();
}
