using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>Reads what the platform, or somebody who signs in its name, may send: any member can be missing, null or of another type.</summary>
internal static class LenientJson
{
    /// <summary>Deeper than any real payload, so that one hostile item does not spoil its neighbours.</summary>
    private const int MaxDepth = 1000;

    private static readonly DateTimeOffset Earliest = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            body = body[3..];
        }

        if (!System.Text.Unicode.Utf8.IsValid(body.Span))
        {
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));
        }

        return JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out var member)
        && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined)
            ? member
            : null;

    public static JsonElement? Object(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } member ? member : null;

    public static IEnumerable<JsonElement> Array(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } member ? member.EnumerateArray() : [];

    /// <summary>A string, or a number as it is written; null for anything else and for the empty string.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { } member
        ? member.ValueKind switch
        {
            JsonValueKind.String => NullIfEmpty(member.Characters()),
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        }
        : null;

    public static bool Flag(this JsonElement element, string name) =>
        element.Member(name) is { } member
        && (member.ValueKind == JsonValueKind.True
            || (member.ValueKind == JsonValueKind.String && string.Equals(member.Characters(), "true", StringComparison.OrdinalIgnoreCase)));

    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;

    public static decimal? Decimal(this JsonElement element, string name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    public static int? Integer(this JsonElement element, string name) =>
        int.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Seconds since 1970, as a string or a number. Null for what is no plausible time: then the time of receipt counts.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name)
    {
        if (!long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds < Earliest.ToUnixTimeSeconds()
            || seconds > Latest.ToUnixTimeSeconds())
        {
            return null;
        }

        return DateTimeOffset.FromUnixTimeSeconds(seconds);
    }

    /// <summary>Whether an object has members beyond those named: then it is kept as it came.</summary>
    public static bool HasOthersThan(this JsonElement element, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        foreach (var member in element.EnumerateObject())
        {
            var isKnown = false;
            foreach (var name in known)
            {
                isKnown |= member.NameEquals(name);
            }

            if (!isKnown)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The string, with lone surrogates replaced: the framework refuses to decode those.</summary>
    public static string Characters(this JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(element.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\' || i + 1 >= raw.Length)
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            if (raw[i] == 'u' && i + 4 < raw.Length
                && ushort.TryParse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var c => c });
            }
        }

        // Encoding replaces what is no character.
        return Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text.ToString()));
    }
}
