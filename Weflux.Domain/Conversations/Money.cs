using System.Collections.Frozen;
using System.Globalization;

namespace Weflux.Domain.Conversations;

/// <summary>Writes amounts with as many decimals as their currency has.</summary>
/// <remarks>ISO 4217, minor units.</remarks>
public static class Money
{
    private const int Usual = 2;
    private const int Most = 3;

    private static readonly FrozenSet<string> Without = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF");

    private static readonly FrozenSet<string> OfThree = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND");

    /// <summary>The amount and its currency, such as <c>1,200.50 EUR</c>.</summary>
    /// <param name="amount">The amount.</param>
    /// <param name="currency">ISO 4217 code; empty if unknown.</param>
    public static string Write(decimal amount, string currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        var digits = Without.Contains(currency) ? 0 : OfThree.Contains(currency) ? Most : Usual;
        return $"{amount.ToString($"N{digits}", CultureInfo.InvariantCulture)} {currency}".TrimEnd();
    }
}
