using System.Text.RegularExpressions;

namespace Weflux.Domain.Contacts;

/// <summary>Numbers that stand in what people wrote.</summary>
public readonly partial record struct PhoneNumber
{
    private const int ShortestInText = 7;
    private const int Shown = 2;

    /// <summary>A text in which whatever may be a phone number is masked: seven digits or more, also apart from each other by spaces, hyphens, dots, slashes or brackets.</summary>
    /// <remarks>Dates like 2026-11-26 stay. A number of an order that is as long is masked too: rather one too many.</remarks>
    public static string MaskIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Digital().Replace(text, match =>
        {
            var count = match.Value.Count(char.IsDigit);
            return count < ShortestInText || Date().IsMatch(match.Value) ? match.Value : Hide(match.Value, count);
        });
    }

    private static string Hide(string number, int count)
    {
        var nth = 0;
        return string.Create(number.Length, (number, count), (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = from.number[i];
                span[i] = !char.IsDigit(c) || nth++ < Shown || nth > from.count - Shown ? c : '•';
            }
        });
    }

    [GeneratedRegex(@"\+?\p{Nd}(?:[ \u00A0\u202F()./\-\u2010-\u2015]{0,3}\p{Nd})+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Digital();

    [GeneratedRegex(@"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Date();
}
