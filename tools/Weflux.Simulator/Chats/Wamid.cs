using System.Security.Cryptography;
using System.Text;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Chats;

/// <summary>Message ids built like WhatsApp's: the customer's number and a random part, in base64.</summary>
internal static class Wamid
{
    private const int RandomBytes = 9;

    public static string FromCustomer(SimulatedCustomer customer) => New(customer, 0x12);

    public static string FromBusiness(SimulatedCustomer customer) => New(customer, 0x11);

    private static string New(SimulatedCustomer customer, byte direction)
    {
        var person = Encoding.ASCII.GetBytes(customer.WaId ?? customer.UserId[3..]);
        var random = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(RandomBytes)));
        byte[] bytes = [0x1c, 0x18, (byte)person.Length, .. person, 0x15, 0x02, 0x00, direction, 0x18, (byte)random.Length, .. random, 0x00];
        return "wamid." + Convert.ToBase64String(bytes);
    }
}
