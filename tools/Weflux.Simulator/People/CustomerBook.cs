using System.Globalization;
using System.Security.Cryptography;
using Weflux.Simulator.Phone;
using Weflux.Simulator.State;

namespace Weflux.Simulator.People;

/// <summary>Everybody who can talk to the simulated numbers.</summary>
internal sealed class CustomerBook
{
    private const string Kind = "customer";
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<ChatKey, SimulatedCustomer> _customers = [];
    private readonly StateLog _log;
    private readonly PhoneFeed _feed;

    public CustomerBook(SimulatorOptions options, StateLog log, PhoneFeed feed)
    {
        (_log, _feed) = (log, feed);
        foreach (var customer in options.Numbers.SelectMany(PretendPeople.For).Concat(log.Load<SimulatedCustomer>(Kind)))
        {
            _customers[customer.Chat] = customer;
        }
    }

    public IReadOnlyList<SimulatedCustomer> Of(string phoneNumberId)
    {
        lock (_gate)
        {
            return [.. _customers.Values.Where(customer => customer.PhoneNumberId == phoneNumberId)];
        }
    }

    public SimulatedCustomer? Find(ChatKey chat)
    {
        lock (_gate)
        {
            return _customers.GetValueOrDefault(chat);
        }
    }

    public SimulatedCustomer? FindByUserId(string phoneNumberId, string userId) =>
        Of(phoneNumberId).FirstOrDefault(customer => customer.UserId == userId);

    public SimulatedCustomer? FindByPhone(string phoneNumberId, string digits)
    {
        var people = Of(phoneNumberId);
        return people.FirstOrDefault(customer => customer.WaId == digits)
            ?? people.FirstOrDefault(customer => customer.WaId is { } waId && waId == WithoutNinthDigit(digits));
    }

    public SimulatedCustomer Add(SimulatedNumber number, string name, string? waId, bool withPhone, bool isStranger = false)
    {
        SimulatedCustomer customer;
        lock (_gate)
        {
            var slug = PretendPeople.SlugOf(name);
            var id = slug;
            for (var next = 2; _customers.ContainsKey(new ChatKey(number.PhoneNumberId, id)); next++)
            {
                id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{next}");
            }

            var phone = withPhone ? waId ?? FreshWaId() : null;
            customer = new SimulatedCustomer(
                number.PhoneNumberId,
                id,
                name,
                PretendPeople.UserIdOf(number.WabaId, id, PretendPeople.CountryOf(phone)),
                phone,
                withPhone ? null : id.Replace('-', '.'))
            {
                IsStranger = isStranger,
            };
            _customers[customer.Chat] = customer;
            _log.Put(Kind, $"{customer.PhoneNumberId}/{id}", customer);
        }

        _feed.TellNumber(number.PhoneNumberId, new PhoneSignal("customers", "{}"));
        return customer;
    }

    private static string FreshWaId() =>
        string.Create(CultureInfo.InvariantCulture, $"9197{RandomNumberGenerator.GetInt32(10_000_000, 100_000_000)}");

    private static string? WithoutNinthDigit(string digits) =>
        digits.Length == 13 && digits.StartsWith("55", StringComparison.Ordinal) && digits[4] == '9'
            ? digits.Remove(4, 1)
            : null;
}
