namespace Weflux.Domain.Conversations;

/// <summary>A customer's message, as the platform reported it.</summary>
/// <param name="WhatsAppId">The platform's id: the key against duplicates.</param>
/// <param name="Content">What it says.</param>
/// <param name="Context">What it refers to; null if nothing.</param>
/// <param name="SaidAt">When the customer acted, by the platform's clock (UTC).</param>
/// <param name="ReceivedAt">When the webhook reached us (UTC).</param>
/// <param name="Raw">The item as it came, if it holds something unknown.</param>
public sealed record InboundMessage(
    string WhatsAppId,
    MessageContent Content,
    MessageContext? Context,
    DateTimeOffset SaidAt,
    DateTimeOffset ReceivedAt,
    string? Raw);

/// <summary>A message that Weflux neither received from the customer nor sent: typed on the business's phone, or said before it was connected.</summary>
/// <param name="Said">What was said, and when.</param>
/// <param name="Direction">Who said it.</param>
/// <param name="Origin"><see cref="MessageOrigin.PhoneApp"/> or <see cref="MessageOrigin.History"/>.</param>
/// <param name="Status">How far it came, if the business said it.</param>
public sealed record RecordedMessage(InboundMessage Said, MessageDirection Direction, MessageOrigin Origin, DeliveryStatus Status);

/// <summary>What a customer's message did to its conversation.</summary>
/// <param name="Message">The message to store.</param>
/// <param name="HasReopened">It was snoozed or closed and is open again.</param>
/// <param name="HasOpenedWindow">The window was closed and is open now.</param>
public sealed record ReceiveOutcome(Message Message, bool HasReopened, bool HasOpenedWindow);

/// <summary>A status of one of our messages, as the platform reported it.</summary>
/// <param name="Status">What was reached.</param>
/// <param name="At">When, by the platform's clock (UTC).</param>
/// <param name="WhatsAppId">The platform's id of the message; null if not known.</param>
/// <param name="Fault">Why it failed; null unless it did.</param>
public sealed record StatusReport(DeliveryStatus Status, DateTimeOffset At, string? WhatsAppId, PlatformFault? Fault);
