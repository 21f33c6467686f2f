namespace Weflux.Web.Api.Events;

/// <summary>Where events may be sent to and how patient Weflux is. Section <c>Weflux:Events</c>.</summary>
public sealed class EventOptions
{
    public const string Section = "Weflux:Events";
    internal const string Fault = $"{Section}:TimeoutSeconds must be between 1 and 60.";
    private const int LongestTimeout = 60;
    private const int Reserve = 15;

    /// <summary>Hosts of networks that are not public, by name or number, that events may be sent to all the same, on any port.</summary>
    public IList<string> PrivateHosts { get; } = [];

    /// <summary>Whether this machine itself may be told, without encryption too. In Development, unless it says otherwise.</summary>
    public bool? AllowLoopback { get; set; }

    /// <summary>How long an address may take to answer.</summary>
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>For how long whoever sends to an address may be relied on: longer than any call takes.</summary>
    internal TimeSpan Lease => TimeSpan.FromSeconds(TimeoutSeconds + Reserve);

    internal bool IsSensible => TimeoutSeconds is >= 1 and <= LongestTimeout;
}
