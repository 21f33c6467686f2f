using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;

namespace Weflux.Web.Api.Reading;

/// <summary>A message as the API tells it.</summary>
[Description("One message, in or out.")]
public sealed record ApiMessage(
    [property: Description("The message's id.")]
    long Id,
    [property: Description("Its place in the workspace's order of storing, which is the order of commits. Continue with it as `after`.")]
    long Sequence,
    long ConversationId,
    long ContactId,
    [property: Description("Who it is from: `in` from the customer, `out` from the business.")]
    [property: AllowedValues(ApiWords.In, ApiWords.Out)]
    string Direction,
    [property: Description("The kind as the platform spells it: `text`, `image`, `interactive`, `button`, `template`, `reaction`, `unsupported`, …")]
    string Type,
    [property: Description("What a person reads: the body, the caption, the title of the button or line chosen, the filled-in template. What has no words of its own is named as the inbox names it, such as `Photo`. Never null.")]
    string Text,
    [property: Description("How far a message of the business came, when it was read; null for a customer's.")]
    [property: AllowedValues("queued", "sending", "not_confirmed", "sent", "failed", "delivered", "read", "played", null)]
    string? Status,
    [property: Description("The platform's id. It spells out the customer's number, so it is null without the scope `contacts:phone`, and also until the platform has named the message.")]
    string? WhatsAppId,
    [property: Description("When it was said, by the platform's clock if the customer said it. UTC, whole seconds.")]
    DateTime SentAt,
    [property: Description("When Weflux stored it. UTC.")]
    DateTime ReceivedAt,
    [property: Description("Why it failed; null unless it did.")]
    ApiMessageError? Error)
{
    /// <summary>Its file, by the id that the file has under <c>/api/v1/media</c>.</summary>
    [Description("The id of the message's file under `/api/v1/media`, the first of several; null if it has none.")]
    public long? MediaId { get; init; }

    [Description("What made it: `customer`, `person`, `system` (the confirmation of a stop), `api`, `phone` (typed in the WhatsApp Business app) or `history` (said before the number was connected).")]
    [AllowedValues("customer", "person", "system", "api", "phone", "history")]
    public string Origin { get; init; } = "customer";

    [Description("What it holds beyond its words.")]
    public ApiContent Content { get; init; } = new();

    [Description("The platform's id of the message that it answers, reacts to, edits or withdraws; null for none, and without the scope `contacts:phone`.")]
    public string? RefersTo { get; init; }

    [Description("Whether it was forwarded.")]
    public bool Forwarded { get; init; }

    internal static ApiMessage Of(Message message, long contactId, bool seesNumbers)
    {
        var content = ContactNames.Show(message.Content, seesNumbers);
        return new ApiMessage(
            message.Id,
            message.Sequence,
            message.ConversationId,
            contactId,
            ApiWords.Of(message.Direction),
            content.Kind,
            Read(content, message.Direction),
            ApiWords.Of(message.Status),
            seesNumbers ? message.WhatsAppId : null,
            message.SaidAt.UtcDateTime,
            message.ReceivedAt.UtcDateTime,
            message.Fault is { } fault ? ApiMessageError.Of(fault) : null)
        {
            Origin = ApiWords.Of(message.Origin),
            Content = ApiContent.Of(content),
            RefersTo = seesNumbers ? message.TargetWhatsAppId ?? message.Context?.QuotedWhatsAppId : null,
            Forwarded = message.Context?.IsForwarded == true,
        };
    }

    // A text keeps its own words, whatever they are.
    private static string Read(MessageContent content, MessageDirection direction) =>
        content is TextContent || content.Text.Length > 0 ? content.Text : LineWords.Line(content.ShownKind, "", direction);
}

/// <summary>Why a message failed.</summary>
[Description("Why a message failed.")]
public sealed record ApiMessageError(
    [property: Description("The platform's number; negative for what Weflux itself refused.")]
    int Code,
    [property: Description("The platform's short words.")]
    string Title,
    [property: Description("What it means, in plain words.")]
    string Message)
{
    internal static ApiMessageError Of(PlatformFault fault) => new(fault.Code, fault.Title, PlatformErrors.Explain(fault.Code));
}
