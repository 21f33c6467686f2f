namespace Weflux.Domain.Team;

/// <summary>
/// The number under which a business is registered for India's goods and services tax: two digits for the state, the
/// ten characters of the PAN, one that counts the registrations of that PAN in the state, one that is mostly Z, and a
/// check character. The check is Luhn's in base 36: the factors 1 and 2 alternate from the left, the two base-36 digits
/// of each product are added, and the check character brings the sum to a multiple of 36. The published example is
/// 27AAPFU0939F1ZV. The default value is no number.
/// </summary>
public readonly record struct Gstin
{
    /// <summary>How many characters it has.</summary>
    public const int Length = 15;

    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>What each place takes: 9 a digit, A a letter, X either.</summary>
    private const string Shape = "99AAAAA9999AXXX";

    private Gstin(string value) => Value = value;

    /// <summary>The characters; null for the default value.</summary>
    public string? Value { get; }

    /// <summary>Reads a number as somebody typed it. Case, spaces and hyphens do not matter.</summary>
    /// <returns>What is wrong with it; <see cref="GstinFault.None"/> if nothing is.</returns>
    public static GstinFault Read(string? text, out Gstin gstin)
    {
        gstin = default;
        var value = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        if (value.Length != Length)
        {
            return GstinFault.WrongLength;
        }

        if (!value.Zip(Shape).All(pair => Fits(pair.First, pair.Second)) || value[12] == '0')
        {
            return GstinFault.WrongShape;
        }

        if (!IsState(((value[0] - '0') * 10) + value[1] - '0'))
        {
            return GstinFault.UnknownState;
        }

        if (CheckOf(value) != value[^1])
        {
            return GstinFault.WrongCheck;
        }

        gstin = new Gstin(value);
        return GstinFault.None;
    }

    /// <summary>The characters; empty for the default value.</summary>
    public override string ToString() => Value ?? "";

    private static char CheckOf(string value)
    {
        var sum = 0;
        for (var place = 0; place < Length - 1; place++)
        {
            var product = Digits.IndexOf(value[place], StringComparison.Ordinal) * (place % 2 == 0 ? 1 : 2);
            sum += (product / Digits.Length) + (product % Digits.Length);
        }

        return Digits[(Digits.Length - (sum % Digits.Length)) % Digits.Length];
    }

    private static bool Fits(char c, char place) => place switch
    {
        '9' => char.IsAsciiDigit(c),
        'A' => char.IsAsciiLetterUpper(c),
        _ => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c),
    };

    // The states and territories, then "other territory" and the centre.
    private static bool IsState(int code) => code is (>= 1 and <= 38) or 97 or 99;
}

/// <summary>Why a text is no GSTIN.</summary>
public enum GstinFault
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>It has not 15 characters.</summary>
    WrongLength,

    /// <summary>A letter stands where a digit belongs, or the other way round.</summary>
    WrongShape,

    /// <summary>The first two digits name no state.</summary>
    UnknownState,

    /// <summary>The last character does not fit the others: one of them is mistyped.</summary>
    WrongCheck,
}
