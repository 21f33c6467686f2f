using System.Diagnostics.CodeAnalysis;

namespace Weflux.Domain.Contacts;

/// <summary>
/// A phone number with its country code, digits only, as the platform writes a WhatsApp id. It is not always what a
/// person would dial: the platform itself changes the prefixes of some countries.
/// </summary>
public readonly partial record struct PhoneNumber
{
    private const int Shortest = 5;
    private const int Longest = 15;
    private const int ShortestWithCode = 11;

    private PhoneNumber(string digits) => Digits = digits;

    /// <summary>5 to 15 digits beginning with the country code; null only for the default value.</summary>
    public string Digits { get; }

    /// <summary>The number as it is sent: a plus sign and the digits. Without the plus the platform would prepend the business's own country.</summary>
    public string E164 => Digits is null ? "" : "+" + Digits;

    /// <summary>The number with all but its country's first digits and its last two hidden.</summary>
    public string Masked => Digits is null ? "" : "+" + Digits[..2] + new string('•', Digits.Length - 4) + Digits[^2..];

    /// <summary>Reads a number. Spaces, brackets, dots, hyphens and a leading plus or 00 are allowed.</summary>
    /// <returns>False if anything else stands in it, or the digits are fewer than 5 or more than 15 or begin with 0.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PhoneNumber number)
    {
        number = default;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        var kept = new System.Text.StringBuilder();
        var plus = false;
        foreach (var c in text.Trim())
        {
            if (char.IsAsciiDigit(c))
            {
                kept.Append(c);
            }
            else if (c == '+' && kept.Length == 0 && !plus)
            {
                plus = true;
            }
            else if (!IsSeparator(c))
            {
                return false;
            }
        }

        var digits = kept.ToString();
        if (!plus && digits.StartsWith("00", StringComparison.Ordinal))
        {
            digits = digits[2..];
        }

        if (digits.Length is < Shortest or > Longest || digits[0] == '0')
        {
            return false;
        }

        number = new PhoneNumber(digits);
        return true;
    }

    /// <summary>
    /// Reads a number that may be written as at home. With a plus, a 00 or the country's code in front it is read as it stands;
    /// else the code is put in front, in place of the prefix that is dialled at home.
    /// </summary>
    /// <param name="text">What was typed.</param>
    /// <param name="home">Where it was typed.</param>
    /// <param name="number">The number. Whoever typed it should see it before it is used: what looks like a code need not be one.</param>
    public static bool TryParse([NotNullWhen(true)] string? text, CallingCode home, out PhoneNumber number)
    {
        number = default;
        if (text is null)
        {
            return false;
        }

        var typed = text.Trim();
        if (home.Digits is null || typed.StartsWith('+') || typed.StartsWith("00", StringComparison.Ordinal))
        {
            return TryParse(typed, out number);
        }

        // A number at home may begin with the digits of the code too, but then it is shorter than one that has both.
        var digits = string.Concat(typed.Where(char.IsAsciiDigit));
        if (digits.Length >= ShortestWithCode && digits.StartsWith(home.Digits, StringComparison.Ordinal))
        {
            return TryParse("+" + typed, out number);
        }

        var prefix = home.TrunkPrefix;
        var rest = prefix.Length > 0 && digits.StartsWith(prefix, StringComparison.Ordinal) && (prefix != "8" || digits.Length == ShortestWithCode)
            ? digits[prefix.Length..]
            : digits;
        return typed.All(c => char.IsAsciiDigit(c) || IsSeparator(c)) && rest.Length >= Shortest && TryParse($"+{home.Digits}{rest}", out number);
    }

    /// <summary>
    /// The other ways in which the same person's number may be known. They serve to find a contact, never to send to,
    /// and never to make a landline a mobile.
    /// </summary>
    /// <remarks>Brazil: the ninth digit of mobiles. Mexico: the old 1 after the country code. Argentina: the 9 of mobiles.</remarks>
    public IEnumerable<PhoneNumber> Variants()
    {
        if (Digits is null)
        {
            yield break;
        }

        var d = Digits;
        if (d.StartsWith("55", StringComparison.Ordinal))
        {
            if (d.Length == 13 && d[4] == '9' && d[5] is >= '6' and <= '9')
            {
                yield return new PhoneNumber(d[..4] + d[5..]);
            }
            else if (d.Length == 12 && d[4] is >= '6' and <= '9')
            {
                yield return new PhoneNumber(d[..4] + "9" + d[4..]);
            }
        }
        else if (d.StartsWith("521", StringComparison.Ordinal) && d.Length == 13)
        {
            yield return new PhoneNumber("52" + d[3..]);
        }
        else if (d.StartsWith("52", StringComparison.Ordinal) && d.Length == 12)
        {
            yield return new PhoneNumber("521" + d[2..]);
        }
        else if (d.StartsWith("549", StringComparison.Ordinal) && d.Length == 13)
        {
            yield return new PhoneNumber("54" + d[3..]);
        }
        else if (d.StartsWith("54", StringComparison.Ordinal) && d.Length == 12)
        {
            yield return new PhoneNumber("549" + d[2..]);
        }
    }

    /// <summary>The masked number: a number never slips into a log or a text by accident.</summary>
    public override string ToString() => Masked;

    private static bool IsSeparator(char c) => c is ' ' or '\u00A0' or '(' or ')' or '-' or '.';
}
