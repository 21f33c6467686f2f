using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Weflux.Web.CloudApi;

/// <summary>Reads what the platform, or somebody who signs in its name, may send: any member can be missing, null or of another type.</summary>
internal static class PlatformJson
{
    /// <summary>Deeper than any real payload. The framework's parser slows down with the square of the depth.</summary>
    private const int MostDepth = 200;

    /// <summary>More than anybody pays for anything, so that sums of such amounts cannot overflow.</summary>
    private const decimal MostAmount = 100_000_000_000;

    /// <summary>Bytes of <c>\uXXXX</c>.</summary>
    private const int EscapeLength = 6;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"[]{}"u8);
    private static readonly SearchValues<byte> QuoteOrEscape = SearchValues.Create("\"\\"u8);

    private static readonly DateTimeOffset Earliest = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Parses a body so that nothing read from it afterwards throws: what is no character becomes U+FFFD, in values and in
    /// names. What is nested without end becomes 0, so that one hostile item does not spoil its neighbours.
    /// </summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
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

        return JsonDocument.Parse(WithoutDepths(WithoutLoneSurrogates(body)), new JsonDocumentOptions { MaxDepth = MostDepth });
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
            JsonValueKind.String => NullIfEmpty(member.GetString()!),
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        }
        : null;

    public static bool Flag(this JsonElement element, string name) =>
        element.Member(name) is { } member
        && (member.ValueKind == JsonValueKind.True
            || (member.ValueKind == JsonValueKind.String && string.Equals(member.GetString(), "true", StringComparison.OrdinalIgnoreCase)));

    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : null;

    /// <summary>A price or a quantity; null for what cannot be one.</summary>
    public static decimal? Amount(this JsonElement element, string name) =>
        decimal.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= MostAmount
            ? value
            : null;

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

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    /// <summary>The framework parses an escaped half of a pair, then refuses to decode it, even while it looks for another member's name.</summary>
    private static ReadOnlyMemory<byte> WithoutLoneSurrogates(ReadOnlyMemory<byte> body)
    {
        if (body.Span.IndexOf("\\ud"u8) < 0 && body.Span.IndexOf("\\uD"u8) < 0)
        {
            return body;
        }

        var repaired = body.ToArray();
        for (var i = Next(repaired, 0); i >= 0; i = Next(repaired, i))
        {
            if (Escape(repaired, i) is not { } unit)
            {
                i += 2;
            }
            else if (char.IsHighSurrogate(unit) && Escape(repaired, i + EscapeLength) is { } low && char.IsLowSurrogate(low))
            {
                i += 2 * EscapeLength;
            }
            else
            {
                if (char.IsSurrogate(unit))
                {
                    "\\ufffd"u8.CopyTo(repaired.AsSpan(i));
                }

                i += EscapeLength;
            }
        }

        return repaired;
    }

    /// <summary>The body with a 0 in place of each value that is nested too deeply.</summary>
    private static ReadOnlyMemory<byte> WithoutDepths(ReadOnlyMemory<byte> body)
    {
        byte[]? repaired = null;
        var json = body.Span;
        var (depth, start) = (0, 0);
        for (var i = Next(json, 0, Structure); i >= 0; i = Next(json, i + 1, Structure))
        {
            switch (json[i])
            {
                case (byte)'"':
                    i = EndOfString(json, i);
                    break;
                case (byte)'[' or (byte)'{':
                    if (++depth == MostDepth + 1)
                    {
                        start = i;
                    }

                    break;
                default:
                    if (depth-- == MostDepth + 1)
                    {
                        repaired ??= body.ToArray();
                        repaired.AsSpan(start..(i + 1)).Fill((byte)' ');
                        repaired[start] = (byte)'0';
                    }

                    break;
            }
        }

        return repaired ?? body;
    }

    /// <summary>The place of the quote that ends a string; the end of the body if none does.</summary>
    private static int EndOfString(ReadOnlySpan<byte> json, int start)
    {
        var i = Next(json, start + 1, QuoteOrEscape);
        while (i >= 0 && json[i] == '\\')
        {
            i = Next(json, i + 2, QuoteOrEscape);
        }

        return i < 0 ? json.Length : i;
    }

    private static int Next(ReadOnlySpan<byte> json, int from, SearchValues<byte> sought)
    {
        var found = from < json.Length ? json[from..].IndexOfAny(sought) : -1;
        return found < 0 ? -1 : from + found;
    }

    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        var found = from < json.Length ? json[from..].IndexOf((byte)'\\') : -1;
        return found < 0 ? -1 : from + found;
    }

    /// <summary>The UTF-16 unit that an escape at a place stands for; null if no such escape begins there.</summary>
    private static char? Escape(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length
        && json[at] == '\\'
        && json[at + 1] == 'u'
        && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;
}
