using System.Security.Cryptography;
using System.Text;

namespace Weflux.Web.Api.Keys;

/// <summary>A key as a program presents it: <c>wfx_live_</c> and 43 random characters.</summary>
public readonly struct ApiKeyText
{
    internal const int LookupLength = 16;
    private const string Mark = "wfx_";
    private const string LiveMark = "wfx_live_";
    private const string DemoMark = "wfx_demo_";
    private const int Shortest = 32;
    private const int Longest = 100;
    private const int RandomBytes = 32;
    private const int HintTail = 4;

    private ApiKeyText(string value)
    {
        Value = value;
        Hash = SHA256.HashData(Encoding.ASCII.GetBytes(value));
    }

    /// <summary>The secret itself. It is shown once, to whoever makes it, and never written anywhere.</summary>
    public string Value { get; }

    public byte[] Hash { get; }

    public string Lookup => Convert.ToHexStringLower(Hash)[..LookupLength];

    public string Hint => $"{Value[..LiveMark.Length]}…{Value[^HintTail..]}";

    /// <summary>Whether it is one that everybody can read in the manual.</summary>
    public bool IsOfTheDemo => Value.StartsWith(DemoMark, StringComparison.Ordinal);

    public static ApiKeyText New() =>
        new(LiveMark + System.Buffers.Text.Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)));

    /// <returns>False if it cannot be a key of ours, so that nobody need look for it.</returns>
    public static bool TryParse(string? text, out ApiKeyText key)
    {
        key = default;
        if (text is null || text.Length is < Shortest or > Longest || !text.StartsWith(Mark, StringComparison.Ordinal)
            || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            return false;
        }

        key = new ApiKeyText(text);
        return true;
    }

    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(Hash, hash);

    /// <summary>What may be shown of it: the secret never slips into a log by accident.</summary>
    public override string ToString() => Value is null ? "" : Hint;
}
