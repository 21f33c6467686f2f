using System.Net.Mail;

namespace Weflux.Web.Team;

/// <summary>What counts as an e-mail address: one address and nothing around it.</summary>
public static class EmailAddress
{
    public const int Longest = 256;

    /// <summary>The address without spaces around it; null if it is none.</summary>
    public static string? Read(string? text)
    {
        var trimmed = (text ?? "").Trim();
        return trimmed.Length is > 0 and <= Longest
            && !trimmed.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))
            && MailAddress.TryCreate(trimmed, out var address)
            && string.Equals(address.Address, trimmed, StringComparison.Ordinal)
            && address.Host.Contains('.', StringComparison.Ordinal)
                ? trimmed
                : null;
    }
}
