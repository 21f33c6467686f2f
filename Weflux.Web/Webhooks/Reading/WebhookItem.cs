using Weflux.Domain.Conversations;

namespace Weflux.Web.Webhooks.Reading;

/// <summary>A delivery, read: everything in it, in order.</summary>
/// <param name="Items">The items; their place in the list is their index.</param>
/// <param name="Fault">Why the whole body could not be read; null if it could.</param>
public sealed record ReadDelivery(IReadOnlyList<WebhookItem> Items, string? Fault);

/// <summary>One thing in a delivery: a closed family.</summary>
public abstract record WebhookItem
{
    private protected WebhookItem()
    {
    }
}

/// <summary>Where an item belongs.</summary>
/// <param name="WabaId">The WhatsApp Business Account of the entry.</param>
/// <param name="PhoneNumberId">The number; null if the item speaks of the whole account.</param>
public sealed record ItemRoute(string WabaId, string? PhoneNumberId);

/// <summary>How the platform names a person in an item. Each part may be missing.</summary>
public sealed record HeardPerson(string? WhatsAppId, string? UserId, string? ParentUserId, string? ProfileName, string? Username)
{
    public bool HasIdentity => WhatsAppId is not null || UserId is not null || ParentUserId is not null;
}

/// <summary>A message: a customer's, or one that was said without Weflux.</summary>
/// <param name="Route">Where it belongs.</param>
/// <param name="Sender">Who the customer is; nobody in a group.</param>
/// <param name="Message">What was said.</param>
public sealed record MessageItem(ItemRoute Route, HeardPerson Sender, InboundMessage Message) : WebhookItem
{
    /// <summary>The group it was said in; null for a conversation with one person.</summary>
    public string? GroupId { get; init; }

    public MessageDirection Direction { get; init; } = MessageDirection.In;

    public MessageOrigin Origin { get; init; } = MessageOrigin.Customer;

    /// <summary>How far it came, if the business said it.</summary>
    public DeliveryStatus Status { get; init; }
}

/// <summary>A file of imported history that came without saying who it was exchanged with.</summary>
/// <param name="Message">What the message says, under the id that it was imported with.</param>
/// <param name="Json">The item as it came.</param>
public sealed record HistoryFileItem(ItemRoute Route, InboundMessage Message, string Json) : WebhookItem;

/// <summary>A status of a message of ours.</summary>
/// <param name="AttemptId">Our own mark, as it went out with the message; null if it did not come back.</param>
public sealed record StatusItem(ItemRoute Route, string WhatsAppId, StatusReport Report, Guid? AttemptId) : WebhookItem;

/// <summary>The customer stopped or resumed marketing in WhatsApp.</summary>
public sealed record MarketingPreferenceItem(ItemRoute Route, HeardPerson Person, bool IsStopped, string Detail, DateTimeOffset? At) : WebhookItem;

/// <summary>The customer's user id changed.</summary>
public sealed record UserIdChangeItem(ItemRoute Route, HeardPerson Person, string NewUserId) : WebhookItem;

/// <summary>Something that no screen shows yet: kept whole.</summary>
/// <param name="Field">The webhook field, with a suffix where only a part of it is meant.</param>
/// <param name="Json">The item as it came.</param>
/// <param name="Time">The entry's time, which tells a repeated event from a repeated delivery; null if it has none.</param>
public sealed record OtherItem(ItemRoute Route, string Field, string Json, string? Time = null) : WebhookItem;

/// <summary>Something that cannot be applied: parked alone.</summary>
/// <param name="Reason">Why, without personal data.</param>
public sealed record BrokenItem(string Reason) : WebhookItem;
