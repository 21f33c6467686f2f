using System.Net;
using System.Net.Sockets;

namespace Weflux.Web.Operations;

/// <summary>What counts as one caller when attempts are bounded: one household or office has a whole /64 to choose addresses from.</summary>
public static class ClientNetwork
{
    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
