using System.Text.Json.Nodes;
using Weflux.Web.Connections;

namespace Weflux.Web.CloudApi;

public sealed partial class CloudApiClient
{
    /// <summary>Tells the customer that everything up to a message was read, and perhaps that somebody is typing. Asked once: it is a courtesy.</summary>
    /// <exception cref="CloudApiException">The platform refused, or could not be reached.</exception>
    public Task MarkReadAsync(Connection connection, string whatsAppId, bool isTyping, CancellationToken cancellationToken)
    {
        var access = new GraphAccess(
            connection.Kind, protector.UnprotectText(connection.AccessToken, Connection.TokenContext(connection.PhoneNumberId)));
        return AskAsync(access, HttpMethod.Post, $"{connection.PhoneNumberId}/messages", ReadBody(whatsAppId, isTyping), cancellationToken);
    }

    internal static JsonObject ReadBody(string whatsAppId, bool isTyping)
    {
        var body = new JsonObject { ["messaging_product"] = "whatsapp", ["status"] = "read", ["message_id"] = whatsAppId };
        if (isTyping)
        {
            body["typing_indicator"] = new JsonObject { ["type"] = "text" };
        }

        return body;
    }
}
