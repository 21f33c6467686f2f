using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Simulator.People;

/// <summary>The four people every number starts with, and how new ones get their ids.</summary>
internal static class PretendPeople
{
    public static IEnumerable<SimulatedCustomer> For(SimulatedNumber number)
    {
        yield return Person("asha", "Asha Verma", "IN", "919812345670");
        // An old Brazilian account: WhatsApp's id lacks the ninth digit that people dial.
        yield return Person("carlos", "Carlos Lima", "BR", "551187654321");
        yield return Person("maria", "Maria Lozano", "ES", waId: null, username: "maria.lozano");
        yield return Person("tom", "Tom Becker", "DE", "4915112345678");

        SimulatedCustomer Person(string id, string name, string country, string? waId, string? username = null) =>
            new(number.PhoneNumberId, id, name, UserIdOf(number.WabaId, id, country), waId, username);
    }

    /// <summary>Scoped as Meta scopes it: the same person has another id towards another business.</summary>
    public static string UserIdOf(string wabaId, string person, string country)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{wabaId}/{person}"));
        var digits = BitConverter.ToUInt64(hash) % 90_000_000_000_000_000 + 10_000_000_000_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{country}.{digits}");
    }

    public static string CountryOf(string? waId) => waId switch
    {
        null => "GB",
        _ when waId.StartsWith("91", StringComparison.Ordinal) => "IN",
        _ when waId.StartsWith("55", StringComparison.Ordinal) => "BR",
        _ when waId.StartsWith("52", StringComparison.Ordinal) => "MX",
        _ when waId.StartsWith("49", StringComparison.Ordinal) => "DE",
        _ when waId.StartsWith("34", StringComparison.Ordinal) => "ES",
        _ when waId.StartsWith('1') => "US",
        _ => "GB",
    };

    public static string SlugOf(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (letter is ' ' or '-' && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var text = slug.ToString().Trim('-');
        return text.Length == 0 ? "guest" : text;
    }
}
