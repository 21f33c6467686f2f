using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weflux.Simulator.Chats;
using Weflux.Simulator.People;
using Weflux.Simulator.Phone;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Control;

/// <summary>Moves the pretend customers by HTTP: for the phone page, tests and scripts.</summary>
internal static class ControlEndpoints
{
    public static void Map(IEndpointRouteBuilder simulator)
    {
        var api = simulator.MapGroup("/api").AddEndpointFilter(new JsonOnly());
        api.MapGet("/ledger", (long? after, Ledger ledger) => ControlAnswer.List(ledger.After(after ?? 0)));
        api.MapGet("/numbers", (string? with, SimulatorOptions options) => ControlAnswer.List(Shown(options, with).Select(number => new
        {
            number.PhoneNumberId,
            number.WabaId,
            number.DisplayPhoneNumber,
            number.VerifiedName,
        })));

        var number = api.MapGroup("/numbers/{phoneNumberId}");
        number.MapGet("/webhooks", (string phoneNumberId, WebhookQueue queue) =>
            ControlAnswer.Json(new { Pending = queue.PendingOf(phoneNumberId) }));
        number.MapPost("/webhooks", PostWebhookAsync);
        number.MapGet("/customers", ListCustomers);
        number.MapPost("/customers", AddCustomerAsync);

        var customer = number.MapGroup("/customers/{customerId}");
        customer.MapGet("/messages", ListMessages);
        customer.MapPost("/messages", SendAsync);
        customer.MapPost("/phone", SwitchPhoneAsync);
    }

    private static IEnumerable<SimulatedNumber> Shown(SimulatorOptions options, string? with) =>
        options.Find(with ?? "") is { IsListed: false } unlisted ? [unlisted] : options.Numbers.Where(number => number.IsListed);

    private static IResult ListCustomers(string phoneNumberId, CustomerBook customers, Handsets handsets, SimulatorOptions options) =>
        options.Find(phoneNumberId) is null
            ? ControlAnswer.NotFound("number")
            : ControlAnswer.List(customers.Of(phoneNumberId).Select(customer => View(customer, handsets)));

    private static async Task<IResult> AddCustomerAsync(
        string phoneNumberId, HttpRequest request, SimulatorOptions options, CustomerBook customers, Handsets handsets)
    {
        if (options.Find(phoneNumberId) is not { } number)
        {
            return ControlAnswer.NotFound("number");
        }

        if (await ControlAnswer.BodyAsync(request) is not { } body || body.Text("name")?.Trim() is not { Length: > 0 and <= 80 } name)
        {
            return ControlAnswer.Refused("A name of 1 to 80 characters is needed.");
        }

        var digits = string.Concat((body.Text("phone") ?? "").Where(char.IsAsciiDigit));
        if (digits.Length is > 0 and (< 7 or > 15))
        {
            return ControlAnswer.Refused("A phone number has 7 to 15 digits.");
        }

        var customer = customers.Add(number, name, digits.Length > 0 ? digits : null, body.Flag("without_phone") != true);
        return ControlAnswer.Json(View(customer, handsets));
    }

    private static IResult ListMessages(string phoneNumberId, string customerId, CustomerBook customers, ChatBook chats) =>
        customers.Find(new ChatKey(phoneNumberId, customerId)) is { } customer
            ? ControlAnswer.List(chats.Of(customer.Chat).Select(PhoneView.Of))
            : ControlAnswer.NotFound("customer");

    private static async Task<IResult> SendAsync(
        string phoneNumberId, string customerId, HttpRequest request, CustomerBook customers, CustomerSends sends)
    {
        if (customers.Find(new ChatKey(phoneNumberId, customerId)) is not { } customer)
        {
            return ControlAnswer.NotFound("customer");
        }

        if (await ControlAnswer.BodyAsync(request) is not { } body || !CustomerMessageItem.IsComplete(body))
        {
            return ControlAnswer.Refused("A message needs a type and its content, or a raw item.");
        }

        var message = sends.Execute(customer, body);
        return ControlAnswer.Json(new { message.Wamid });
    }

    private static async Task<IResult> SwitchPhoneAsync(
        string phoneNumberId, string customerId, HttpRequest request, CustomerBook customers, Delivery delivery)
    {
        if (customers.Find(new ChatKey(phoneNumberId, customerId)) is not { } customer)
        {
            return ControlAnswer.NotFound("customer");
        }

        if ((await ControlAnswer.BodyAsync(request))?.Flag("on") is not { } isOn)
        {
            return ControlAnswer.Refused("Say \"on\": true or false.");
        }

        delivery.SwitchPhone(customer.Chat, isOn);
        return ControlAnswer.Json(new { On = isOn });
    }

    /// <summary>Posts once and tells the answer. A whole body keeps its bytes; a bare value gets an envelope.</summary>
    private static async Task<IResult> PostWebhookAsync(
        string phoneNumberId, HttpRequest request, SimulatorOptions options, WebhookPoster poster)
    {
        if (options.Find(phoneNumberId) is not { } number)
        {
            return ControlAnswer.NotFound("number");
        }

        var cancellation = request.HttpContext.RequestAborted;
        using var bytes = new MemoryStream();
        await request.Body.CopyToAsync(bytes, cancellation);
        var status = await poster.PostAsync(number, "messages", Enveloped(number, bytes.ToArray()), cancellation);
        return ControlAnswer.Json(new { Status = (int?)status });
    }

    private static byte[] Enveloped(SimulatedNumber number, byte[] given)
    {
        try
        {
            if (JsonNode.Parse(given) is not JsonObject body || body.ContainsKey("entry"))
            {
                return given;
            }

            var field = body["field"]?.GetValue<string>() ?? "messages";
            var value = body["value"]?.DeepClone() ?? body;
            return Encoding.UTF8.GetBytes(MetaJson.Write(WebhookEnvelope.Of(number, field, value)));
        }
        catch (JsonException)
        {
            return given;
        }
    }

    private static object View(SimulatedCustomer customer, Handsets handsets) => new
    {
        customer.Id,
        customer.Name,
        Phone = customer.WaId is { } waId ? "+" + waId : null,
        customer.WaId,
        customer.UserId,
        customer.Username,
        On = handsets.IsOn(customer.Chat),
    };
}
