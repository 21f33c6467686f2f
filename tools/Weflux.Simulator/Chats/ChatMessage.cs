using System.Text.Json;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Chats;

/// <summary>One message in a chat, as it went over the wire.</summary>
internal sealed record ChatMessage
{
    public required string Wamid { get; init; }

    public required ChatKey Chat { get; init; }

    public required bool FromCustomer { get; init; }

    public required string Type { get; init; }

    /// <summary>The webhook item of a customer's message, or the request body of the business.</summary>
    public required JsonElement Content { get; init; }

    /// <summary>A template filled in, as the phone shows it.</summary>
    public JsonElement? Shown { get; init; }

    public required MessageStatus Status { get; init; }

    public string? CallbackData { get; init; }

    public string? PriceCategory { get; init; }

    public int? ErrorCode { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Grows with every change of any message, so that a phone can ask for what it missed.</summary>
    public long Version { get; init; }
}

/// <summary>Only ever moves forward. A customer's message is pending until Weflux answered its webhook with 200.</summary>
internal enum MessageStatus
{
    Pending,
    Sent,
    Delivered,
    Read,
    Failed,
}
