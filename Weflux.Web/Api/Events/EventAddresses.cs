using Microsoft.Extensions.Options;
using Weflux.Domain.Events;

namespace Weflux.Web.Api.Events;

/// <summary>Which addresses events may be sent to on this installation.</summary>
public sealed class EventAddresses(IOptions<EventOptions> options, IHostEnvironment environment)
{
    private readonly IReadOnlyCollection<string> _privateHosts = [.. options.Value.PrivateHosts];

    /// <summary>Whether this machine itself may be told.</summary>
    public bool MayBeThisMachine { get; } = options.Value.AllowLoopback ?? environment.IsDevelopment();

    public EventAddressFault Read(string? text, out Uri? address) => EventAddress.Read(text, _privateHosts, MayBeThisMachine, out address);

    /// <summary>Whether somebody who runs Weflux has named this host.</summary>
    public bool IsNamed(string host) => EventAddress.IsNamed(host, _privateHosts);

    /// <summary>What is wrong, and what to do.</summary>
    public string Words(EventAddressFault fault) => fault switch
    {
        EventAddressFault.NotHttps => "The address must begin with https://, so that nobody on the way can read the events.",
        EventAddressFault.TooLong => $"The address has at most {EventAddress.MaxLength} characters.",
        EventAddressFault.HasPerson => "Leave out the name and password. Check the signature instead: it proves that an event comes from here.",
        EventAddressFault.Port => "Use port 443 or 8443.",
        EventAddressFault.NotPublic => "This address is inside a private network. Use one that can be reached from the internet, or ask whoever runs Weflux to name its host in Weflux:Events:PrivateHosts.",
        _ => MayBeThisMachine
            ? "Enter a whole address, such as https://example.com/weflux or http://localhost:3000/weflux."
            : "Enter a whole address, such as https://example.com/weflux.",
    };
}
