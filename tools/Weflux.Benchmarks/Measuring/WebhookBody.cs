using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Weflux.Benchmarks.Measuring;

/// <summary>A signed text message of one of many senders, as the platform would post it.</summary>
internal static class WebhookBody
{
    public const string Secret = "demo-app-secret";
    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Secret);

    public const string DemoNumber = "200000000000001";

    public static byte[] Text(int sender, string id, string number = DemoNumber)
    {
        var phone = string.Create(CultureInfo.InvariantCulture, $"9199{sender:D8}");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"object":"whatsapp_business_account","entry":[{"id":"100000000000001","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"919876543210","phone_number_id":"{{{number}}}"},"contacts":[{"profile":{"name":"Sender {{{sender}}}"},"wa_id":"{{{phone}}}","user_id":"IN.{{{phone}}}"}],"messages":[{"from":"{{{phone}}}","from_user_id":"IN.{{{phone}}}","id":"{{{id}}}","timestamp":"{{{now}}}","type":"text","text":{"body":"Is my order on its way?"}}]}}]}]}
            """);
    }

    public static string Signature(byte[] body) => "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Key, body));
}
