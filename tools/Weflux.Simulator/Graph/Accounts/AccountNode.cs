using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Requests about a WhatsApp Business Account.</summary>
internal sealed class AccountNode(Subscriptions subscriptions, CallbackCheck callbacks, NumberFields fields, TemplateList templates, TemplateDesk desk)
{
    private const int UsualPage = 25;
    private static readonly string[] DefaultFields = ["name", "timezone_id", "message_template_namespace"];

    public async Task<GraphAnswer> AnswerAsync(IReadOnlyList<SimulatedNumber> numbers, GraphRequest request)
    {
        var waba = numbers[0].WabaId;
        switch (request.Method, request.Edge)
        {
            case ("GET", null):
                return FieldSelection.Answer(Fields(numbers[0]), request.Query("fields"), DefaultFields, "WhatsAppBusinessAccount");
            case ("GET", "phone_numbers"):
                return PhoneNumbers(numbers, request);
            case ("GET", "message_templates"):
                return templates.Answer(waba, request);
            case ("POST", "message_templates"):
                return desk.Create(numbers[0], request);
            case ("DELETE", "message_templates"):
                return desk.Delete(numbers[0], request);
            case ("GET", "subscribed_apps"):
                return GraphAnswer.Ok(new JsonObject { ["data"] = SubscribedApps(numbers[0]) });
            case ("POST", "subscribed_apps"):
                return await SubscribeAsync(waba, request);
            case ("DELETE", "subscribed_apps"):
                subscriptions.Unsubscribe(waba);
                return GraphAnswer.Success();
            default:
                return request.Edge is null
                    ? GraphError.UnknownObject(request.Method, request.ObjectId)
                    : GraphError.UnknownPath(request.Path);
        }
    }

    /// <summary>With an address, webhooks about messages go there; without, to the app's own.</summary>
    private async Task<GraphAnswer> SubscribeAsync(string waba, GraphRequest request)
    {
        var body = request.Body is { ValueKind: JsonValueKind.Object } given ? given : default(JsonElement?);
        var own = body?.Text("override_callback_uri");
        if (own is not null && await callbacks.RefuseAsync(own, body?.Text("verify_token"), request.Http.RequestAborted) is { } refusal)
        {
            return refusal;
        }

        subscriptions.Subscribe(waba, own);
        return GraphAnswer.Success();
    }

    private static JsonObject Fields(SimulatedNumber number) => new()
    {
        ["id"] = number.WabaId,
        ["name"] = number.VerifiedName,
        ["currency"] = "INR",
        ["timezone_id"] = "71",
        ["country"] = "IN",
        ["account_review_status"] = "APPROVED",
        ["business_verification_status"] = "verified",
        ["status"] = "ACTIVE",
        ["health_status"] = new JsonObject { ["can_send_message"] = "AVAILABLE" },
        ["message_template_namespace"] = "5f0a1c5e_0000_4000_8000_" + number.WabaId[^12..],
    };

    private GraphAnswer PhoneNumbers(IReadOnlyList<SimulatedNumber> numbers, GraphRequest request)
    {
        var from = 0;
        if (request.Query("after") is { } after && !TryRead(after, out from))
        {
            return new GraphError(131059, "(#131059) Invalid cursor");
        }

        var size = int.TryParse(request.Query("limit"), CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : UsualPage;
        var wanted = FieldSelection.Names(request.Query("fields")) ?? NumberFields.Default;
        var page = numbers.Skip(from).Take(size).ToList();
        var paging = new JsonObject { ["cursors"] = new JsonObject { ["before"] = Cursor(from), ["after"] = Cursor(from + page.Count) } };
        if (from + page.Count < numbers.Count)
        {
            paging["next"] = request.AddressOf($"graph/{request.Version}/{request.Path}?limit={size}&after={Cursor(from + page.Count)}");
        }

        return GraphAnswer.Ok(new JsonObject
        {
            ["data"] = new JsonArray([.. page.Select(number => (JsonNode)FieldSelection.Select(fields.Of(number), wanted))]),
            ["paging"] = paging,
        });
    }

    private static string Cursor(int at) => Convert.ToBase64String(Encoding.ASCII.GetBytes($"n{at}")).TrimEnd('=');

    private static bool TryRead(string cursor, out int at)
    {
        at = 0;
        var bytes = new byte[cursor.Length];
        return Convert.TryFromBase64String(cursor.PadRight((cursor.Length + 3) / 4 * 4, '='), bytes, out var length)
            && length > 1
            && bytes[0] == 'n'
            && int.TryParse(Encoding.ASCII.GetString(bytes, 1, length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out at);
    }

    private JsonArray SubscribedApps(SimulatedNumber number)
    {
        var subscription = subscriptions.Of(number.WabaId);
        if (!subscription.IsOn)
        {
            return [];
        }

        var app = new JsonObject
        {
            ["whatsapp_business_api_data"] = new JsonObject
            {
                ["link"] = "https://www.facebook.com/games/?app_id=" + number.AppId,
                ["name"] = "Weflux simulator",
                ["id"] = number.AppId,
            },
        };
        if (subscription.Override is { } own)
        {
            app["override_callback_uri"] = own;
        }

        return new JsonArray(app);
    }
}
