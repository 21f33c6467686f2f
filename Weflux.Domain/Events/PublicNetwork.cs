using System.Net;
using System.Net.Sockets;

namespace Weflux.Domain.Events;

/// <summary>
/// Which addresses belong to the public internet. Whoever enters an address for events must not reach what only this
/// machine and its neighbours can: their services, and the metadata of a cloud.
/// </summary>
/// <remarks>IANA's registries of special-purpose addresses for IPv4 and IPv6 (RFC 6890 and its successors).</remarks>
public static class PublicNetwork
{
    private static readonly IPNetwork[] NotPublic =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // behind carriers
        IPNetwork.Parse("127.0.0.0/8"), // this machine
        IPNetwork.Parse("168.63.129.16/32"), // the host of Azure's machines
        IPNetwork.Parse("169.254.0.0/16"), // link, and the metadata of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocols, and the metadata of Oracle
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.31.196.0/24"), // AS112
        IPNetwork.Parse("192.52.193.0/24"), // AMT
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("192.175.48.0/24"), // AS112
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // groups
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and everybody
        IPNetwork.Parse("2001::/23"), // protocols: Teredo, benchmarks, ORCHID
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4, which wraps an address of IPv4
        IPNetwork.Parse("2620:4f:8000::/48"), // AS112
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    // Of IPv6 only this is given out: everything else is local, wraps other addresses, or is nobody's yet.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is one of the public internet.</summary>
    public static bool Has(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            if (address.IsIPv4MappedToIPv6)
            {
                return Has(address.MapToIPv4());
            }

            if (Translated.Contains(address))
            {
                // A network without IPv4 reaches it by these.
                return Has(new IPAddress(address.GetAddressBytes().AsSpan(12)));
            }

            if (!GlobalUnicast.Contains(address))
            {
                return false;
            }
        }

        return !Array.Exists(NotPublic, network => network.Contains(address));
    }
}
