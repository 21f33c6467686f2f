using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Weflux.Web.Api.Events;

/// <summary>A webhook as the API tells it.</summary>
[Description("An address that is told of events. People make and change it in Settings, Webhooks.")]
public sealed record ApiEventEndpoint(
    [property: Description("The webhook's id.")]
    long Id,
    string Name,
    [property: Description("The host that it sends to. The rest of the address may be as good as a password, so it is not told.")]
    string Host,
    [property: Description("`on`; `off`: somebody switched it off; `given_up`: it failed for five days, or answered 410.")]
    [property: AllowedValues("on", "off", "given_up")]
    string State,
    [property: Description("The kinds of events that it gets.")]
    IReadOnlyList<string> Types,
    [property: Description("Whether it gets what people wrote.")]
    bool WithText,
    [property: Description("Whether it gets phone numbers in full.")]
    bool WithNumbers,
    [property: Description("Since when it has failed with nothing taken; null if the last event was taken. UTC.")]
    DateTime? FailingSince,
    [property: Description("When it last took an event; null if never. UTC.")]
    DateTime? LastTakenAt,
    [property: Description("How many events wait; 1000 for 1000 or more.")]
    int Waiting,
    [property: Description("How many failed in the last 30 days; 1000 for 1000 or more.")]
    int Failed)
{
    internal static ApiEventEndpoint Of(EventEndpointView view) => new(
        view.Id,
        view.Name,
        EventEndpointEdits.Host(view.Address),
        view.State switch { EventEndpointState.On => "on", EventEndpointState.Off => "off", _ => "given_up" },
        view.Types,
        view.HasText,
        view.HasNumbers,
        view.FailingSince?.UtcDateTime,
        view.TookAt?.UtcDateTime,
        view.Waiting,
        view.Failed);
}

/// <summary>An event on its way as the API tells it.</summary>
[Description("One event on its way to one webhook, without what it tells. It is kept for 30 days.")]
public sealed record ApiEventDelivery(
    long Id,
    [property: Description("The `webhook-id` under which it is sent, however often.")]
    string WebhookId,
    [property: Description("The kind of event.")]
    string Type,
    [property: Description("When it happened. UTC.")]
    DateTime At,
    [property: Description("`waiting`: it is sent at `nextAt`. `taken`: the address answered 2xx. `failed`: nobody sends it any more, unless it is replayed.")]
    [property: AllowedValues(ApiEventDelivery.Waiting, ApiEventDelivery.Taken, ApiEventDelivery.Failed)]
    string State,
    [property: Description("When it is sent next; null if it is not. UTC.")]
    DateTime? NextAt,
    [property: Description("How often it was sent since it came or was replayed.")]
    int Tries,
    [property: Description("When it was last sent; null if never. UTC.")]
    DateTime? LastTriedAt,
    [property: Description("The status of the last answer; null if there was none.")]
    int? LastStatus,
    [property: Description("What went wrong the last time, in words; null if nothing did.")]
    string? LastFault)
{
    internal const string Waiting = "waiting";
    internal const string Taken = "taken";
    internal const string Failed = "failed";

    internal static ApiEventDelivery Of(EventDeliveryView view) => new(
        view.Id,
        view.WebhookId,
        view.Type,
        view.At.UtcDateTime,
        view.State switch { EventDeliveryState.Waiting => Waiting, EventDeliveryState.Taken => Taken, _ => Failed },
        view.NextAt?.UtcDateTime,
        view.Tries,
        view.TriedAt?.UtcDateTime,
        view.Status,
        view.Fault);

    /// <returns>Null if the word names no state.</returns>
    internal static EventDeliveryState? StateOf(string word) => word switch
    {
        Waiting => EventDeliveryState.Waiting,
        Taken => EventDeliveryState.Taken,
        Failed => EventDeliveryState.Failed,
        _ => null,
    };
}

/// <summary>Which events are sent again.</summary>
[Description("Which events are sent again.")]
public sealed record ApiReplay
{
    [Description("Those that failed and happened from then on. ISO 8601 with its offset from UTC. Left out for all that are kept.")]
    public DateTimeOffset? Since { get; init; }
}

/// <summary>How many events are sent again.</summary>
[Description("How many events are sent again.")]
public sealed record ApiReplayed(int Count);
