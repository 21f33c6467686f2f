using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Weflux.Domain.Contacts;
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

    [Description("The id of the message that it answers, reacts to, edits or withdraws, as `id` is; null for none, and for one that Weflux does not have. `type` tells which of these: `reaction`, `edit`, `revoke`, or anything else for an answer.")]
    public long? RefersToId { get; init; }

    [Description("Whether it was forwarded.")]
    public bool Forwarded { get; init; }

    [Description("Whether it was forwarded more than five times.")]
    public bool ForwardedManyTimes { get; init; }

    [Description("Who said it, if it was said in a group; null in a conversation with one person.")]
    public ApiSpeaker? GroupSpeaker { get; init; }

    [Description("The advertisement or post that led here; null for none.")]
    public ApiReferral? Referral { get; init; }

    [Description("The retailer's id of the product that it asks about; null for none.")]
    public string? AboutProductId { get; init; }

    /// <summary>The platform's id of the message that it refers to; null for none.</summary>
    internal static string? ReferenceOf(Message message) => message.TargetWhatsAppId ?? message.Context?.QuotedWhatsAppId;

    internal static ApiMessage Of(Message message, long contactId, bool seesNumbers, long? refersToId)
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
            message.Fault is { } fault ? ApiMessageError.Of(fault, message.StatusAt) : null)
        {
            Origin = ApiWords.Of(message.Origin),
            Content = ApiContent.Of(content) with { NewPhone = NewPhone(message.Content, seesNumbers) },
            RefersTo = seesNumbers ? ReferenceOf(message) : null,
            RefersToId = refersToId,
            Forwarded = message.Context?.IsForwarded == true,
            ForwardedManyTimes = message.Context?.IsFrequentlyForwarded == true,
            GroupSpeaker = message.Context?.Participant is { } speaker ? ApiSpeaker.Of(speaker, seesNumbers) : null,
            Referral = message.Context?.Referral is { } referral ? ApiReferral.Of(referral) : null,
            AboutProductId = message.Context?.ProductId,
        };
    }

    // A text keeps its own words, whatever they are.
    private static string Read(MessageContent content, MessageDirection direction) => content switch
    {
        FlowReplyContent or OrderContent or CallPermissionReplyContent or UnsupportedContent => LineWords.Say(content, direction),
        TextContent => content.Text,
        _ when content.Text.Length > 0 => content.Text,
        _ => LineWords.Say(content, direction),
    };

    private static string? NewPhone(MessageContent content, bool seesNumbers) =>
        content is SystemContent { NewWhatsAppId: { } id } && PhoneNumber.TryParse(id, out var phone) ? (seesNumbers ? phone.E164 : phone.Masked) : null;
}

/// <summary>Who said something in a group.</summary>
[Description("Who said something in a group.")]
public sealed record ApiSpeaker(
    [property: Description("What the person calls themselves; null if not told.")]
    string? Name,
    [property: Description("The number, masked without the scope `contacts:phone`; null if the person hides it.")]
    string? Phone)
{
    internal static ApiSpeaker Of(GroupParticipant participant, bool seesNumbers) => new(
        participant.Name is { } name ? ContactNames.Show(name, seesNumbers) : null,
        PhoneNumber.TryParse(participant.WhatsAppId, out var phone) ? (seesNumbers ? phone.E164 : phone.Masked) : null);
}

/// <summary>The advertisement or post that led to a message.</summary>
[Description("The advertisement or post that led to a message.")]
public sealed record ApiReferral(
    [property: Description("`ad` or `post`.")]
    string SourceType,
    string SourceId,
    string SourceUrl,
    string? Headline,
    string? Body,
    [property: Description("Meta's id of the click; null for advertisements in WhatsApp Status.")]
    string? ClickId,
    [property: Description("`image`, `video` or null.")]
    string? MediaType,
    string? ImageUrl,
    string? VideoUrl,
    string? ThumbnailUrl,
    [property: Description("The greeting that the advertisement showed; null for none.")]
    string? WelcomeMessage)
{
    internal static ApiReferral Of(Referral referral) => new(
        referral.SourceType, referral.SourceId, referral.SourceUrl, referral.Headline, referral.Body, referral.ClickId,
        referral.Media?.Type, referral.Media?.ImageUrl, referral.Media?.VideoUrl, referral.Media?.ThumbnailUrl, referral.WelcomeMessage);
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
    [Description("What helps: `retry_now` and `retry_later` (send the same again), `pick_template`, `rewrite`, `replace_file`, `fix_number` and `ask_admin` (somebody mends the number or the account first), `unblock`, `other_way` (WhatsApp does not reach this customer) or `leave_it`.")]
    [AllowedValues("retry_now", "retry_later", "pick_template", "rewrite", "replace_file", "fix_number", "ask_admin", "unblock", "other_way", "leave_it")]
    public string Remedy { get; init; } = "leave_it";

    [Description("When sending the same again has a chance. UTC; null if no time is known.")]
    public DateTime? RetryAfter { get; init; }

    /// <param name="fault">What was said.</param>
    /// <param name="at">When it failed (UTC).</param>
    internal static ApiMessageError Of(PlatformFault fault, DateTimeOffset? at)
    {
        var error = PlatformErrors.Of(fault.Code);
        return new ApiMessageError(fault.Code, fault.Title, error.Sentence)
        {
            Remedy = ApiWords.Of(error.Remedy),
            RetryAfter = (at + error.Wait)?.UtcDateTime,
        };
    }
}
