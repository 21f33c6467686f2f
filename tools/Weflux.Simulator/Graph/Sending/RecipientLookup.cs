using System.Text.Json;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Graph.Sending;

/// <summary>Whom a send is meant for.</summary>
internal sealed record Recipient(string Input, SimulatedCustomer Customer, bool ByUserId);

/// <summary>
/// Finds the person behind <c>to</c> or <c>recipient</c>. Any complete number is a phone that exists and becomes a
/// pretend customer, except those that end in 0000: nobody uses WhatsApp there.
/// </summary>
internal sealed class RecipientLookup(CustomerBook customers)
{
    private const string NobodyThere = "0000";

    public GraphError? Find(SimulatedNumber number, JsonElement body, out Recipient? recipient)
    {
        recipient = null;
        if (body.Member("to") is { } to)
        {
            var input = to.ValueKind == JsonValueKind.String ? to.GetString()! : to.GetRawText();
            return ByPhone(number, input, out recipient);
        }

        if (body.Text("recipient") is not { Length: > 0 } userId)
        {
            return GraphError.Parameter("The parameter to is required.");
        }

        if (customers.FindByUserId(number.PhoneNumberId, userId) is not { } customer)
        {
            return GraphError.Invalid("Param recipient is not a user ID known to this business portfolio.");
        }

        recipient = new Recipient(userId, customer, ByUserId: true);
        return null;
    }

    public bool IsOnWhatsApp(SimulatedNumber number, ChatKey chat) =>
        customers.Find(chat)?.WaId is not { } waId
        || !(waId.EndsWith(NobodyThere, StringComparison.Ordinal) || waId.Length > 15 || IsMisdialled(number, waId));

    public bool IsStranger(ChatKey chat) => customers.Find(chat)?.IsStranger == true;

    private GraphError? ByPhone(SimulatedNumber number, string input, out Recipient? recipient)
    {
        recipient = null;
        var digits = string.Concat(input.Where(char.IsAsciiDigit));
        if (digits.Length < 7 || input.Any(letter => !char.IsAsciiDigit(letter) && letter is not ('+' or '-' or '(' or ')' or ' ')))
        {
            return GraphError.Invalid($"Param to is not a valid phone number: {input.Length} characters.");
        }

        // Meta puts the country code of the business in front of a number without "+", which is how messages go astray.
        var waId = input.TrimStart().StartsWith('+') ? digits : number.CountryCode + digits;
        if (waId == number.Digits)
        {
            return new GraphError(131021, "(#131021) Recipient cannot be sender", "Recipient cannot be sender");
        }

        var customer = customers.FindByPhone(number.PhoneNumberId, waId)
            ?? customers.Add(number, "+" + waId, waId, withPhone: true, isStranger: true);
        recipient = new Recipient(input, customer, ByUserId: false);
        return null;
    }

    private static bool IsMisdialled(SimulatedNumber number, string waId) =>
        waId.StartsWith(number.CountryCode + number.CountryCode, StringComparison.Ordinal);
}
