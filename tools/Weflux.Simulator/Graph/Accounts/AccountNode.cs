using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Templates;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Requests about a WhatsApp Business Account.</summary>
internal sealed class AccountNode(Subscriptions subscriptions, TemplateList templates)
{
    private static readonly string[] DefaultFields = ["name", "timezone_id", "message_template_namespace"];

    public GraphAnswer Answer(IReadOnlyList<SimulatedNumber> numbers, GraphRequest request)
    {
        var waba = numbers[0].WabaId;
        switch (request.Method, request.Edge)
        {
            case ("GET", null):
                return FieldSelection.Answer(Fields(numbers[0]), request.Query("fields"), DefaultFields, "WhatsAppBusinessAccount");
            case ("GET", "phone_numbers"):
                return PhoneNumbers(numbers, request.Query("fields"));
            case ("GET", "message_templates"):
                return templates.Answer(request);
            case ("GET", "subscribed_apps"):
                return GraphAnswer.Ok(new JsonObject { ["data"] = SubscribedApps(numbers[0]) });
            case ("POST", "subscribed_apps"):
                subscriptions.Subscribe(waba);
                return GraphAnswer.Success();
            case ("DELETE", "subscribed_apps"):
                subscriptions.Unsubscribe(waba);
                return GraphAnswer.Success();
            default:
                return request.Edge is null
                    ? GraphError.UnknownObject(request.Method, request.ObjectId)
                    : GraphError.UnknownPath(request.Path);
        }
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

    private static GraphAnswer PhoneNumbers(IReadOnlyList<SimulatedNumber> numbers, string? fields)
    {
        var wanted = FieldSelection.Names(fields) ?? NumberFields.Default;
        return GraphAnswer.Ok(new JsonObject
        {
            ["data"] = new JsonArray([.. numbers.Select(number => (JsonNode)FieldSelection.Select(NumberFields.Of(number), wanted))]),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "QVFIUjE", ["after"] = "QVFIUjI" } },
        });
    }

    private JsonArray SubscribedApps(SimulatedNumber number) => subscriptions.IsSubscribed(number.WabaId)
        ? new JsonArray(new JsonObject
        {
            ["whatsapp_business_api_data"] = new JsonObject
            {
                ["link"] = "https://www.facebook.com/games/?app_id=" + number.AppId,
                ["name"] = "Weflux simulator",
                ["id"] = number.AppId,
            },
        })
        : [];
}
