using System.Net;

namespace Weflux.Domain.Events;

/// <summary>What is wrong with an address for events.</summary>
public enum EventAddressFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is no whole address of the web.</summary>
    NotWhole,

    /// <summary>It is longer than may be.</summary>
    TooLong,

    /// <summary>It does not begin with https.</summary>
    NotHttps,

    /// <summary>A name or a password stands in it.</summary>
    HasPerson,

    /// <summary>Its port is not one of those allowed.</summary>
    Port,

    /// <summary>It leads into this machine or a network that is not public.</summary>
    NotPublic,
}

/// <summary>
/// Which addresses events may be sent to, as far as one can tell without asking where a name leads. That is asked at each
/// connecting, because the answer may change.
/// </summary>
public static class EventAddress
{
    /// <summary>The most UTF-16 units of an address.</summary>
    public const int MaxLength = 1000;

    private const int AlternativePort = 8443;

    /// <summary>Reads an address.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="privateHosts">Hosts of a network that is not public which whoever runs Weflux has named; they may have any port.</param>
    /// <param name="mayBeThisMachine">Whether addresses of this machine are taken, without encryption too: for development.</param>
    /// <param name="address">The address.</param>
    public static EventAddressFault Read(string? text, IReadOnlyCollection<string> privateHosts, bool mayBeThisMachine, out Uri? address)
    {
        ArgumentNullException.ThrowIfNull(privateHosts);
        address = null;
        var typed = (text ?? "").Trim();
        if (typed.Length > MaxLength)
        {
            return EventAddressFault.TooLong;
        }

        if (!Uri.TryCreate(typed, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Fragment.Length > 0 || typed.Any(char.IsControl)
            || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            return EventAddressFault.NotWhole;
        }

        var fault = Judge(uri, privateHosts, mayBeThisMachine);
        address = fault == EventAddressFault.None ? uri : null;
        return fault;
    }

    /// <summary>Whether somebody who runs Weflux has named this host of a network that is not public.</summary>
    public static bool IsNamed(string host, IReadOnlyCollection<string> privateHosts)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(privateHosts);
        var bare = Bare(host);
        return privateHosts.Any(named => string.Equals(Bare(named), bare, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether a host names this machine itself.</summary>
    public static bool IsThisMachine(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var bare = Bare(host);
        return string.Equals(bare, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(bare, out var number) && IPAddress.IsLoopback(number));
    }

    private static EventAddressFault Judge(Uri uri, IReadOnlyCollection<string> privateHosts, bool mayBeThisMachine)
    {
        if (uri.UserInfo.Length > 0)
        {
            return EventAddressFault.HasPerson;
        }

        if (mayBeThisMachine && IsThisMachine(uri.IdnHost))
        {
            return EventAddressFault.None;
        }

        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            return EventAddressFault.NotHttps;
        }

        if (IsNamed(uri.IdnHost, privateHosts))
        {
            return EventAddressFault.None;
        }

        if (!uri.IsDefaultPort && uri.Port != AlternativePort)
        {
            return EventAddressFault.Port;
        }

        return IsOutside(Bare(uri.IdnHost)) ? EventAddressFault.None : EventAddressFault.NotPublic;
    }

    // A name of one word is looked up in the network around; those of .localhost and .local never leave it.
    private static bool IsOutside(string host) => IPAddress.TryParse(host, out var number)
        ? PublicNetwork.Has(number)
        : host.Contains('.', StringComparison.Ordinal)
            && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
            && !host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase);

    private static string Bare(string host) => host.Trim().Trim('[', ']').TrimEnd('.');
}
