using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Weflux.Tests.Support;

/// <summary>Builds and signs webhooks as Meta sends them.</summary>
public sealed class MetaWebhooks(HttpClient client, string appKey = "demo", string secret = "demo-app-secret")
{
    public const string Waba = "100000000000001";
    public const string Number = "200000000000001";

    public Task<HttpStatusCode> PostAsync(JsonNode body) => PostAsync(Encoding.UTF8.GetBytes(body.ToJsonString()));

    public async Task<HttpStatusCode> PostAsync(byte[] body, string? signature = null)
    {
        using var content = new ByteArrayContent(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/whatsapp/{appKey}") { Content = content };
        content.Headers.ContentType = new("application/json");
        request.Headers.ExpectContinue = body.Length > 1024 * 1024;
        request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature ?? Sign(body));
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }

    public string Sign(byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    public static JsonObject Envelope(params JsonObject[] values) => new()
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray([.. values.Select(value => (JsonNode)new JsonObject
        {
            ["id"] = Waba,
            ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }),
        })]),
    };

    public static JsonObject Value(JsonArray contacts, JsonArray messages, string number = Number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = "919876543210", ["phone_number_id"] = number },
        ["contacts"] = contacts,
        ["messages"] = messages,
    };

    public static JsonObject Statuses(params JsonObject[] statuses) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = "919876543210", ["phone_number_id"] = Number },
        ["statuses"] = new JsonArray([.. statuses]),
    };

    public static JsonObject Status(string id, string status, DateTimeOffset at, string? mark = null)
    {
        var written = new JsonObject { ["id"] = id, ["status"] = status, ["timestamp"] = Seconds(at), ["recipient_user_id"] = "IN.1" };
        if (mark is not null)
        {
            written["biz_opaque_callback_data"] = mark;
        }

        if (status == "failed")
        {
            written["errors"] = new JsonArray(new JsonObject { ["code"] = 131026, ["title"] = "Message undeliverable" });
        }

        return written;
    }

    public static JsonObject Contact(string? phone, string? userId, string name)
    {
        var contact = new JsonObject { ["profile"] = new JsonObject { ["name"] = name } };
        if (phone is not null)
        {
            contact["wa_id"] = phone;
        }

        if (userId is not null)
        {
            contact["user_id"] = userId;
        }

        return contact;
    }

    public static JsonObject Text(string id, string? phone, string? userId, string body, DateTimeOffset at)
    {
        var message = new JsonObject
        {
            ["id"] = id,
            ["timestamp"] = Seconds(at),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = body },
        };
        if (phone is not null)
        {
            message["from"] = phone;
        }

        if (userId is not null)
        {
            message["from_user_id"] = userId;
        }

        return message;
    }

    /// <summary>One text of one person.</summary>
    public static JsonObject TextFrom(string id, string phone, string body, DateTimeOffset at, string? name = null) => Envelope(Value(
        [Contact(phone, "IN." + phone, name ?? "Customer " + phone)], [Text(id, phone, "IN." + phone, body, at)]));

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
