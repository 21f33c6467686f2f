using System.Text.Json;
using System.Text.Json.Nodes;
using Weflux.Simulator.Graph.Media;
using Weflux.Simulator.Graph.Sending;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Requests about a phone number.</summary>
internal sealed class NumberNode(SendMessage send, MarkRead markRead, UploadMedia upload, NumberFields fields, FactBook facts, Subscriptions subscriptions, CallbackCheck callbacks)
{
    private const int LongestAbout = 139;

    public async Task<GraphAnswer> AnswerAsync(SimulatedNumber number, SimulatedToken token, GraphRequest request) => (request.Method, request.Edge) switch
    {
        ("GET", null) => FieldSelection.Answer(fields.Of(number), request.Query("fields"), NumberFields.Default, "WhatsAppBusinessPhoneNumber"),
        ("POST", null) => await DirectAsync(number, request),
        ("POST", "messages" or "media") when token.State == TokenState.UnderScoped =>
            new GraphError(10, "(#10) Application does not have permission for this action") { HttpStatus = 403 },
        ("POST", "messages") => Message(number, request),
        ("POST", "media") => await upload.ExecuteAsync(number, request),
        ("POST", "register") => Register(number, request),
        ("POST", "deregister") => Become(number, "DISCONNECTED"),
        ("GET", "whatsapp_business_profile") => GraphAnswer.Ok(new JsonObject { ["data"] = new JsonArray(Profile(number)) }),
        ("POST", "whatsapp_business_profile") => ChangeProfile(number, request),
        (_, null) => GraphError.UnknownObject(request.Method, request.ObjectId),
        _ => GraphError.UnknownPath(request.Path),
    };

    /// <summary>An address of the number's own comes before its account's; an empty one takes it away.</summary>
    private async Task<GraphAnswer> DirectAsync(SimulatedNumber number, GraphRequest request)
    {
        if (request.Body is not { ValueKind: JsonValueKind.Object } body
            || !body.TryGetProperty("webhook_configuration", out var configuration)
            || configuration.ValueKind != JsonValueKind.Object
            || configuration.Text("override_callback_uri") is not { } own)
        {
            return GraphError.Parameter("The parameter webhook_configuration with override_callback_uri is required.");
        }

        if (own.Length > 0 && await callbacks.RefuseAsync(own, configuration.Text("verify_token"), request.Http.RequestAborted) is { } refusal)
        {
            return refusal;
        }

        subscriptions.Direct(number, own);
        return GraphAnswer.Success();
    }

    private GraphAnswer Register(SimulatedNumber number, GraphRequest request) =>
        request.Body?.Text("pin") is { Length: 6 } pin && pin.All(char.IsAsciiDigit)
            ? Become(number, "CONNECTED")
            : GraphError.Parameter("Param pin must be 6 digits long.");

    private GraphAnswer Become(SimulatedNumber number, string status)
    {
        facts.Set(facts.Of(number) with { Status = status });
        return GraphAnswer.Success();
    }

    private JsonObject Profile(SimulatedNumber number) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["about"] = facts.Of(number).About ?? "Answered with Weflux",
        ["vertical"] = "UNDEFINED",
        ["websites"] = new JsonArray(),
    };

    private GraphAnswer ChangeProfile(SimulatedNumber number, GraphRequest request)
    {
        if (request.Body?.Text("about") is { } about)
        {
            if (about.Length is 0 or > LongestAbout)
            {
                return GraphError.Parameter($"Param about must be 1 to {LongestAbout} characters long.");
            }

            facts.Set(facts.Of(number) with { About = about });
        }

        return GraphAnswer.Success();
    }

    private GraphAnswer Message(SimulatedNumber number, GraphRequest request)
    {
        if (request.Body is not { ValueKind: JsonValueKind.Object } body)
        {
            return GraphError.Parameter("The request body must be a JSON object");
        }

        return body.Text("status") is null ? send.Execute(number, body) : markRead.Execute(number, body);
    }
}
