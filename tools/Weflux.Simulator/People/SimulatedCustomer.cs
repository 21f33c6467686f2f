namespace Weflux.Simulator.People;

/// <summary>
/// A person who exists only in the simulator. Someone who adopted a username shows the business no phone number,
/// so <see cref="WaId"/> may be missing; <see cref="UserId"/>, the business-scoped id, never is.
/// </summary>
internal sealed record SimulatedCustomer(
    string PhoneNumberId,
    string Id,
    string Name,
    string UserId,
    string? WaId = null,
    string? Username = null)
{
    /// <summary>
    /// Whether the simulator knows the person only because the business wrote: then somebody else posted their webhooks,
    /// as scripts and tests do, and the simulator cannot tell when they last wrote.
    /// </summary>
    public bool IsStranger { get; init; }

    public ChatKey Chat => new(PhoneNumberId, Id);
}

/// <summary>Which chat: the business number and the customer who talks to it.</summary>
internal readonly record struct ChatKey(string PhoneNumberId, string CustomerId);
