using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weflux.Simulator.Webhooks;

/// <summary>
/// JSON as Meta puts it on the wire and signs it: everything beyond ASCII as lowercase \uXXXX, and slashes as \/.
/// A receiver that parses and writes again before checking the signature gets other bytes, and must fail here as it would in life.
/// </summary>
internal static class MetaJson
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode node) => Escape(node.ToJsonString(Relaxed));

    private static string Escape(string json)
    {
        var escaped = new StringBuilder(json.Length + 64);
        for (var at = 0; at < json.Length; at++)
        {
            var letter = json[at];
            if (letter == '\\' && json[at + 1] == 'u')
            {
                escaped.Append(json[at..(at + 6)].ToLowerInvariant());
                at += 5;
            }
            else if (letter == '\\')
            {
                escaped.Append(letter).Append(json[++at]);
            }
            else if (letter == '/')
            {
                escaped.Append("\\/");
            }
            else if (letter > '\x7f')
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                escaped.Append(letter);
            }
        }

        return escaped.ToString();
    }
}
