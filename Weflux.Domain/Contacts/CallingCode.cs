using System.Collections.Frozen;

namespace Weflux.Domain.Contacts;

/// <summary>The calling code of a country or of countries that share one, such as 91 or 1.</summary>
/// <remarks>ITU-T E.164: 1 and 7 alone, the two-digit codes below, and three digits for all others.</remarks>
public readonly record struct CallingCode
{
    private static readonly FrozenSet<string> OfTwoDigits = FrozenSet.Create(
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51", "52", "53", "54", "55",
        "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98");

    // Where the 0 before a number at home belongs to it abroad too.
    private static readonly FrozenSet<string> KeepsZero = FrozenSet.Create("39", "225", "241", "242", "378");

    private CallingCode(string digits) => Digits = digits;

    /// <summary>One to three digits; null only for the default value.</summary>
    public string Digits { get; }

    /// <summary>The code that a number begins with.</summary>
    public static CallingCode Of(PhoneNumber number)
    {
        var digits = number.Digits ?? "";
        return digits switch
        {
            "" => default,
            ['1' or '7', ..] => new CallingCode(digits[..1]),
            _ when OfTwoDigits.Contains(digits[..2]) => new CallingCode(digits[..2]),
            _ => new CallingCode(digits[..3]),
        };
    }

    /// <summary>What people dial at home before a number and leave out from abroad; empty if nothing.</summary>
    internal string TrunkPrefix => Digits switch
    {
        null or "1" => "",
        "7" => "8",
        "36" => "06",
        _ when KeepsZero.Contains(Digits) => "",
        _ => "0",
    };
}
