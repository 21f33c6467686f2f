using System.Text.Json;
using Weflux.Simulator.Graph.Media;
using Weflux.Simulator.Graph.Sending;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Requests about a phone number.</summary>
internal sealed class NumberNode(SendMessage send, MarkRead markRead, UploadMedia upload)
{
    public async Task<GraphAnswer> AnswerAsync(SimulatedNumber number, GraphRequest request) => (request.Method, request.Edge) switch
    {
        ("GET", null) => FieldSelection.Answer(NumberFields.Of(number), request.Query("fields"), NumberFields.Default, "WhatsAppBusinessPhoneNumber"),
        ("POST", "messages") => Message(number, request),
        ("POST", "media") => await upload.ExecuteAsync(number, request),
        ("POST", "register" or "deregister") => GraphAnswer.Success(),
        (_, null) => GraphError.UnknownObject(request.Method, request.ObjectId),
        _ => GraphError.UnknownPath(request.Path),
    };

    private GraphAnswer Message(SimulatedNumber number, GraphRequest request)
    {
        if (request.Body is not { ValueKind: JsonValueKind.Object } body)
        {
            return GraphError.Parameter("The request body must be a JSON object");
        }

        return body.Text("status") is null ? send.Execute(number, body) : markRead.Execute(number, body);
    }
}
