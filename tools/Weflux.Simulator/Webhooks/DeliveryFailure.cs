using System.Text.Json.Nodes;

namespace Weflux.Simulator.Webhooks;

/// <summary>Why an accepted message did not reach the person, in Meta's words.</summary>
internal static class DeliveryFailure
{
    public const int WindowClosed = 131047;
    public const int Undeliverable = 131026;

    public static JsonObject Describe(int code)
    {
        var (title, details) = code switch
        {
            WindowClosed => ("Re-engagement message", "Message failed to send because more than 24 hours have passed since the customer last replied to this number."),
            Undeliverable => ("Message undeliverable", "Message Undeliverable."),
            _ => ("Something went wrong", "Message failed to send because of an unknown error."),
        };
        return new JsonObject
        {
            ["code"] = code,
            ["title"] = title,
            ["message"] = title,
            ["error_data"] = new JsonObject { ["details"] = details },
            ["href"] = "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
        };
    }
}
