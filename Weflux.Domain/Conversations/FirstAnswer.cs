using System.Text.Json;

namespace Weflux.Domain.Conversations;

/// <summary>The first thing that somebody answered to a form.</summary>
internal static class FirstAnswer
{
    private const int Longest = 100;

    /// <summary>The answer; empty if there is none that a line could tell.</summary>
    public static string Of(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject().Where(p => !p.NameEquals("flow_token")).Select(p => Say(p.Value)).FirstOrDefault(a => a.Length > 0) ?? ""
                : "";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // The form's author decides what comes back, and half a character is no text.
            return "";
        }
    }

    private static string Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => (value.GetString() ?? "").Cut(Longest),
        JsonValueKind.Number => value.GetRawText().Cut(Longest),
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        _ => "",
    };
}
