using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Api.Reading;

/// <summary>The words that stand for states. They are a promise to programs, so they are spelled out and not derived from names.</summary>
internal static class ApiWords
{
    public const string In = "in";
    public const string Out = "out";
    public const string Pending = "pending";
    public const string Done = "done";
    public const string Parked = "parked";
    public const string Marketing = "marketing";
    public const string AllMessages = "all_messages";
    public const string Given = "given";
    public const string Stopped = "stopped";

    public static string Of(MessageDirection direction) => direction == MessageDirection.In ? In : Out;

    public static string Of(MessageOrigin origin) => origin switch
    {
        MessageOrigin.Person => "person",
        MessageOrigin.StopConfirmation => "system",
        MessageOrigin.Api => "api",
        MessageOrigin.PhoneApp => "phone",
        MessageOrigin.History => "history",
        _ => "customer",
    };

    public static string? Of(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Queued => "queued",
        DeliveryStatus.Sending => "sending",
        DeliveryStatus.NotConfirmed => "not_confirmed",
        DeliveryStatus.Sent => "sent",
        DeliveryStatus.Failed => "failed",
        DeliveryStatus.Delivered => "delivered",
        DeliveryStatus.Read => "read",
        DeliveryStatus.Played => "played",
        _ => null,
    };

    public static string Of(FaultRemedy remedy) => remedy switch
    {
        FaultRemedy.RetryNow => "retry_now",
        FaultRemedy.RetryLater => "retry_later",
        FaultRemedy.PickTemplate => "pick_template",
        FaultRemedy.Rewrite => "rewrite",
        FaultRemedy.ReplaceFile => "replace_file",
        FaultRemedy.FixNumber => "fix_number",
        FaultRemedy.AskAdmin => "ask_admin",
        FaultRemedy.Unblock => "unblock",
        FaultRemedy.OtherWay => "other_way",
        _ => "leave_it",
    };

    public static string Of(ConversationState state) => state switch
    {
        ConversationState.Snoozed => "snoozed",
        ConversationState.Closed => "closed",
        _ => "open",
    };

    public static string Of(ConversationEventKind kind) => kind switch
    {
        ConversationEventKind.Taken => "taken",
        ConversationEventKind.HandedBack => "handed_back",
        ConversationEventKind.GivenToTeam => "given_to_team",
        ConversationEventKind.Released => "released",
        ConversationEventKind.AskedMember => "asked_member",
        ConversationEventKind.AskedTeam => "asked_team",
        ConversationEventKind.HandOverAccepted => "accepted",
        ConversationEventKind.HandOverDeclined => "declined",
        ConversationEventKind.HandOverWithdrawn => "withdrawn",
        ConversationEventKind.HandOverLapsed => "lapsed",
        ConversationEventKind.HandOverEnded => "ended",
        _ => "assigned",
    };

    public static string Of(AssignmentReason reason) => reason switch
    {
        AssignmentReason.TookIt => "took_it",
        AssignmentReason.RepliedFirst => "replied_first",
        AssignmentReason.ColleagueLeft => "colleague_left",
        AssignmentReason.HandedBack => "handed_back",
        AssignmentReason.NextInTurn => "next_in_turn",
        AssignmentReason.FewestOpen => "fewest_open",
        AssignmentReason.HeldItBefore => "held_it_before",
        AssignmentReason.WentAway => "went_away",
        AssignmentReason.WentOffline => "went_offline",
        AssignmentReason.ByNumber => "by_number",
        AssignmentReason.TeamArchived => "team_archived",
        AssignmentReason.Accepted => "accepted",
        _ => "by_person",
    };

    public static string Of(ConsentPurpose purpose) => purpose == ConsentPurpose.Marketing ? Marketing : AllMessages;

    public static string Of(ConsentDecision decision) => decision == ConsentDecision.Given ? Given : Stopped;

    public static string Of(ConsentSource source) => source switch
    {
        ConsentSource.Words => "words",
        ConsentSource.PlatformPreference => "platform_preference",
        ConsentSource.PlatformRefusal => "platform_refusal",
        _ => "record",
    };

    public static string Of(WebhookDeliveryState state) => state switch
    {
        WebhookDeliveryState.Pending => Pending,
        WebhookDeliveryState.Parked => Parked,
        _ => Done,
    };

    /// <returns>Null if the word names no state.</returns>
    public static WebhookDeliveryState? DeliveryState(string word) => word switch
    {
        Pending => WebhookDeliveryState.Pending,
        Done => WebhookDeliveryState.Done,
        Parked => WebhookDeliveryState.Parked,
        _ => null,
    };

    public static string Of(TemplateCategory category) => category switch
    {
        TemplateCategory.Utility => "utility",
        TemplateCategory.Authentication => "authentication",
        _ => "marketing",
    };

    public static string Of(TemplateHeaderFormat format) => format switch
    {
        TemplateHeaderFormat.Text => "text",
        TemplateHeaderFormat.Image => "image",
        TemplateHeaderFormat.Video => "video",
        TemplateHeaderFormat.Document => "document",
        _ => "location",
    };

    public static string Of(TemplateSlotKind kind) => kind switch
    {
        TemplateSlotKind.Text => "text",
        TemplateSlotKind.Image => "image",
        TemplateSlotKind.Video => "video",
        TemplateSlotKind.Document => "document",
        TemplateSlotKind.Location => "location",
        TemplateSlotKind.UrlEnding => "url_ending",
        TemplateSlotKind.Coupon => "coupon",
        _ => "code",
    };
}
