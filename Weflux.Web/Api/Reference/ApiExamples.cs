using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Domain.Team;
using Weflux.Web.Api.Events;
using Weflux.Web.Api.Reading;
using Weflux.Web.Api.Working;

namespace Weflux.Web.Api.Reference;

/// <summary>What answers look like, made of the very types that answers are made of.</summary>
internal static class ApiExamples
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly DateTime At = new(2026, 11, 22, 9, 30, 0, DateTimeKind.Utc);

    private static readonly ApiConversation Conversation = new(
        12, 7, 1, "open", null, 3, true, 4, new ApiWindow(true, At.AddHours(24)), 4711, At)
    {
        TeamId = 6,
        Labels = [new ApiLabel(2, "Refund")],
    };

    private static readonly ApiContact Asha = new(
        7, "Asha Menon", "+919876500000", null, [new("user_id", "IN.13491208655302741918"), new("whatsapp_id", "919876500000")],
        new ApiConsent(null, null, null), false, false, At.AddDays(-40))
    {
        Stage = new ApiStage(3, "Customer"),
        Fields = new Dictionary<string, object>(StringComparer.Ordinal) { ["order-count"] = 4, ["city"] = "Pune" },
        Tags = ["VIP"],
    };

    private static readonly ApiEventDelivery Event = new(
        5120, "evt_0199a3f2c1d47b0e9a51c3d2f4e6a8b0", "message.received", At, "failed", null, 10, At.AddDays(3), 503, "It answered 503.");

    private static readonly ApiDelivery Parked = new(
        90210, "parked", At, At.AddSeconds(1), 1180, 2,
        [new ApiParkedItem(1, "The number is not one of this Meta app's connections.")], null, true);

    private static readonly ApiMedia Invoice = new(
        318, "document", "ready", "application/pdf", 48213, "invoice.pdf",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", null, null, At);

    private static readonly Dictionary<string, object> ByOperation = new(StringComparer.Ordinal)
    {
        ["listConversations"] = new ApiList<ApiConversation>([Conversation], 12),
        ["getConversation"] = Conversation,
        ["listMessages"] = new ApiList<ApiMessage>(
            [
                new(4710, 1041, 12, 7, "in", "text", "Is the masala chai back?", null, "wamid.HBgMOTE5ODc2NTQzMjEw", At.AddMinutes(-2), At.AddMinutes(-2).AddSeconds(1), null),
                new(4711, 1042, 12, 7, "out", "text", "Yes, since this morning.", "delivered", "wamid.HBgMOTE5ODc2NTQzMjEx", At, At, null) { Origin = "person" },
            ],
            1042),
        ["sendMessage"] = new ApiMessage(4712, 1043, 12, 7, "out", "text", "Yes, since this morning.", "queued", null, At, At, null) { Origin = "api" },
        ["listContacts"] = new ApiList<ApiContact>(
            [
                Asha,
            ],
            null),
        ["getContact"] = Asha,
        ["saveContact"] = Asha,
        ["updateContact"] = Asha with { Stage = new ApiStage(4, "Inactive") },
        ["recordConsent"] = Asha with { Consent = new ApiConsent(null, null, At) },
        ["listContactFields"] = new ApiContactWords(
            [new ApiContactField("city", "City", "text", []), new ApiContactField("order-count", "Orders", "number", [])],
            [new ApiStage(1, "New"), new ApiStage(3, "Customer")]),
        ["assignConversation"] = Conversation,
        ["closeConversation"] = Conversation with { State = "closed", NeedsReply = false },
        ["reopenConversation"] = Conversation,
        ["snoozeConversation"] = Conversation with { State = "snoozed", SnoozedUntil = At.AddHours(20) },
        ["markNoReplyNeeded"] = Conversation with { NeedsReply = false },
        ["addLabel"] = Conversation,
        ["removeLabel"] = Conversation with { Labels = [] },
        ["writeNote"] = new ApiNote(88, 12, null, "Warehouse", "Parcel 4711 left today.", At, null, null),
        ["listLabels"] = new ApiWorkWords([new ApiLabel(2, "Refund")], [new ApiCloseReason(1, "Solved")]),
        ["listTeams"] = new ApiList<ApiTeam>([new ApiTeam(6, "Orders", [3, 4])], null),
        ["listMembers"] = new ApiList<ApiMember>([new ApiMember(3, "Meera Shah", "agent")], null),
        ["listWebhooks"] = new ApiList<ApiEventEndpoint>(
            [new ApiEventEndpoint(4, "Shop", "shop.example.com", "on", ["message.received", "conversation.closed"], true, false, null, At, 0, 1)], null),
        ["listEvents"] = new ApiList<ApiEventDelivery>([Event], null),
        ["replayEvent"] = Event with { State = "waiting", NextAt = At.AddDays(4), Tries = 0 },
        ["replayFailedEvents"] = new ApiReplayed(17),
        ["listTemplates"] = new ApiList<ApiTemplate>(
            [
                new ApiTemplate(
                    5, "100000000000001", "visit_reminder", "en", "utility", "APPROVED", "GREEN", null, "Hi {{first_name}}, your tasting is booked for {{day}}.", "text",
                    "See you soon", null, ["I'll be there"], 0, true,
                    [new ApiTemplateSlot("body.first_name", "text", "Tom"), new ApiTemplateSlot("body.day", "text", "Friday, 5 pm")], [], At),
            ],
            null),
        ["listWebhookDeliveries"] = new ApiList<ApiDelivery>([Parked], null),
        ["uploadMedia"] = Invoice,
        ["getMedia"] = Invoice,
        ["replayWebhookDelivery"] = Parked with { State = "pending", SettledAt = null, Parked = [], NextAttemptAt = At.AddHours(1), CanReplay = false },
    };

    public static IReadOnlyList<(string Scope, string Words)> Scopes { get; } =
    [
        (ApiScopes.ReadConversations, "Conversations"),
        (ApiScopes.ReadMessages, "Messages of all conversations"),
        (ApiScopes.SendMessages, "Sending messages into any conversation"),
        (ApiScopes.SendTemplates, "Sending approved templates, besides the scope above"),
        (ApiScopes.ReadContacts, "Contacts and what they allow"),
        (ApiScopes.ReadTemplates, "Templates and the values they need"),
        (ApiScopes.SeePhoneNumbers, "Phone numbers in full, and WhatsApp's message ids, which spell them out. Without it numbers are masked and those ids are null"),
        (ApiScopes.ReadDeliveries, "The journal of webhook deliveries"),
        (ApiScopes.ReplayDeliveries, "Replaying parked deliveries"),
        (ApiScopes.UploadFiles, "Putting files here in order to send them"),
        (ApiScopes.WorkConversations, "Working any conversation: notes, labels, snoozing, closing, opening again"),
        (ApiScopes.AssignConversations, "Giving a conversation to a member, to a team or to nobody, besides the scope above"),
        (ApiScopes.EditContacts, "Adding contacts and changing what is known of them, besides reading them"),
        (ApiScopes.RecordConsent, "Recording what a contact agreed to or stopped, besides reading contacts"),
        (ApiScopes.ReadEvents, "Webhooks, and what became of their events"),
        (ApiScopes.ReplayEvents, "Having events sent again"),
        (ApiScopes.All, "Everything above, and what later versions add"),
    ];

    private static readonly Dictionary<string, string> Sent = new(StringComparer.Ordinal)
    {
        ["sendMessage"] = """{"conversationId":12,"type":"text","text":{"body":"Yes, since this morning."},"replyTo":4710}""",
        ["assignConversation"] = """{"memberId":3}""",
        ["closeConversation"] = """{"reasonId":1,"words":"Sent a new parcel"}""",
        ["snoozeConversation"] = """{"until":"2026-11-23T05:30:00Z"}""",
        ["writeNote"] = """{"text":"Parcel 4711 left today."}""",
        ["saveContact"] = """{"phone":"+919876500000","name":"Asha Menon","stage":"Customer","fields":{"order-count":4,"city":"Pune"},"addTags":["VIP"]}""",
        ["updateContact"] = """{"stage":"Inactive"}""",
        ["recordConsent"] = """{"purpose":"marketing","decision":"given","way":"website","words":"Yes, send me offers on WhatsApp.","on":"2026-11-22"}""",
        ["replayFailedEvents"] = """{"since":"2026-11-22T00:00:00Z"}""",
    };

    /// <summary>The operations of which a repeated one is known by a key of its own.</summary>
    public static bool TakesKey(string? operationId) => operationId is "sendMessage" or "writeNote";

    /// <summary>The example of what is sent to an operation; null if nothing is.</summary>
    public static string? Body(string? operationId) => operationId is null ? null : Sent.GetValueOrDefault(operationId);

    /// <summary>The example of an operation's answer; null if there is none.</summary>
    public static JsonNode? For(string? operationId) =>
        operationId is not null && ByOperation.TryGetValue(operationId, out var example) ? JsonSerializer.SerializeToNode(example, example.GetType(), Json) : null;
}
