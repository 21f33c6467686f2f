using System.Text;
using System.Text.Json;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Inbox.Bubbles;

/// <summary>Reads the answers to a Flow or an address form, whose shape its author chose, into questions and answers.</summary>
public static class FlowAnswers
{
    private const int Depth = 3;
    private const int MostAnswers = 200;

    /// <summary>What the platform adds for itself and tells a person nothing.</summary>
    private const string Token = "flow_token";

    public static IReadOnlyList<(string Question, string Answer)> Read(string json)
    {
        try
        {
            using var document = PlatformJson.Parse(Encoding.UTF8.GetBytes(json));
            var answers = new List<(string, string)>();
            Add(answers, "", document.RootElement, Depth);
            return answers;
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The answers as one object; null if they are none.</summary>
    public static JsonElement? Whole(string json)
    {
        try
        {
            using var document = PlatformJson.Parse(Encoding.UTF8.GetBytes(json));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Add(List<(string, string)> answers, string name, JsonElement value, int depth)
    {
        if (value.ValueKind == JsonValueKind.Object && depth > 0)
        {
            foreach (var part in value.EnumerateObject().Where(p => !p.NameEquals(Token)).Take(MostAnswers))
            {
                Add(answers, part.Name, part.Value, depth - 1);
            }
        }
        else if (answers.Count < MostAnswers && Say(value, Depth) is { Length: > 0 } answer)
        {
            answers.Add((Question(name), answer));
        }
    }

    private static string Say(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.True => "Yes",
        JsonValueKind.False => "No",
        JsonValueKind.Array when depth > 0 => string.Join(", ", value.EnumerateArray().Select(part => Say(part, depth - 1))),
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        _ => value.GetRawText(),
    };

    // The address form names these by their country.
    private static string Question(string name) => name switch
    {
        "in_pin_code" => "PIN code",
        "sg_post_code" => "Post code",
        _ => Plain(name),
    };

    private static string Plain(string name)
    {
        var words = name.Replace('_', ' ').Trim();
        return words.Length == 0 ? "Answer" : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
