using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Domain.Team;
using Weflux.Web.Api.Reading;

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
        12, 7, 1, "open", null, 3, true, 4, new ApiWindow(true, At.AddHours(24)), 4711, At);

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
                new(7, "Asha Menon", "+919876500000", null, [new("user_id", "IN.13491208655302741918"), new("whatsapp_id", "919876500000")], new ApiConsent(null, null, null), false, false, At.AddDays(-40)),
            ],
            null),
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
        (ApiScopes.All, "Everything above, and what later versions add"),
    ];

    /// <summary>The example of what is sent to an operation; null if nothing is.</summary>
    public static string? Body(string? operationId) => operationId == "sendMessage"
        ? """{"conversationId":12,"type":"text","text":{"body":"Yes, since this morning."},"replyTo":4710}"""
        : null;

    /// <summary>The example of an operation's answer; null if there is none.</summary>
    public static JsonNode? For(string? operationId) =>
        operationId is not null && ByOperation.TryGetValue(operationId, out var example) ? JsonSerializer.SerializeToNode(example, example.GetType(), Json) : null;
}
