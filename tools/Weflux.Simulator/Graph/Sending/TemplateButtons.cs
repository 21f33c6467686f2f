using System.Globalization;
using System.Text.Json;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>The values of a template's buttons: each that needs one has one of its kind.</summary>
internal static class TemplateButtons
{
    private const int CodeLimit = 15;

    public static GraphError? Read(IReadOnlyList<JsonElement> buttons, IReadOnlyList<JsonElement> given, out Dictionary<int, string> values)
    {
        values = [];
        foreach (var component in given.Where(component => component.Text("type") == "button"))
        {
            if (!int.TryParse(component.Member("index")?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                || index >= buttons.Count)
            {
                return GraphError.Invalid("buttons: index does not name a button of the template");
            }

            if (SubTypeOf(buttons[index]) is { } expected && component.Text("sub_type")?.ToLowerInvariant() != expected)
            {
                return GraphError.Invalid($"buttons: Button at index {index} expects the sub_type {expected}");
            }

            if (component.Items("parameters") is [var parameter, ..]
                && (parameter.Text("payload") ?? parameter.Text("text") ?? parameter.Text("coupon_code")) is { Length: > 0 } value)
            {
                values[index] = value;
            }
        }

        for (var index = 0; index < buttons.Count; index++)
        {
            var needs = buttons[index].Text("url")?.Contains("{{1}}", StringComparison.Ordinal) == true || buttons[index].Text("type") == "COPY_CODE";
            if (needs && !values.ContainsKey(index))
            {
                return GraphError.Missing($"buttons: Button at index {index} of type {buttons[index].Text("type")} requires a parameter");
            }

            if (buttons[index].Text("url")?.Contains("otp_type", StringComparison.Ordinal) == true && values[index].Length > CodeLimit)
            {
                return GraphError.Invalid($"buttons: the code must be at most {CodeLimit} characters long");
            }
        }

        return null;
    }

    private static string? SubTypeOf(JsonElement button) => button.Text("type") switch
    {
        "QUICK_REPLY" => "quick_reply",
        "URL" => "url",
        "COPY_CODE" => "copy_code",
        "FLOW" => "flow",
        _ => null,
    };
}
