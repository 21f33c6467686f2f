using System.Text;
using Microsoft.AspNetCore.Http;
using Weflux.Simulator.Control;
using Weflux.Simulator.Faults;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Graph;

/// <summary>The one place where Graph requests are answered, or not: reads, routes, lets go wrong what shall, notes sends in the ledger, writes.</summary>
internal sealed class GraphFrontDoor(GraphRouter router, GraphFaults faults, Ledger ledger)
{
    public async Task AnswerAsync(HttpContext http)
    {
        var version = http.Request.RouteValues["version"]!.ToString()!;
        var path = http.Request.RouteValues["path"]?.ToString() ?? "";
        var unread = new GraphRequest(http, version, path.Trim('/'), Token: null, Body: null);
        var number = faults.NumberOf(unread.ObjectId);
        var reset = faults.Reset(number, unread.IsSend);
        if (reset is { BeforeReading: true })
        {
            Note(unread, answer: null, FaultKind.Reset);
            GraphFaults.Reset(http);
            return;
        }

        var request = await GraphRequest.ReadAsync(http, version, path);
        if (reset is not null)
        {
            Note(request, answer: null, FaultKind.Reset);
            GraphFaults.Reset(http);
            return;
        }

        await AnswerAsync(request, number);
    }

    private async Task AnswerAsync(GraphRequest request, string? number)
    {
        var http = request.Http;
        var refusal = faults.Refusal(number, request.IsSend);
        var spoiling = refusal is null ? faults.Spoiling(number, request.IsSend) : null;
        var answer = refusal is null or { Accepted: true } ? await router.AnswerAsync(request) : GraphFaults.Answer(refusal);
        if (refusal is { Accepted: true })
        {
            answer = GraphFaults.Answer(refusal) with { Wamid = answer.Wamid };
        }

        Note(request, answer, (refusal ?? spoiling)?.Kind);

        // Weflux may hang up meanwhile; what happened has happened all the same.
        await faults.DelayAsync(number, request.IsSend, http.RequestAborted);
        if (request.IsSend)
        {
            await faults.LetWebhooksPassAsync(number, http.RequestAborted);
        }

        await WriteAsync(http, answer, spoiling?.Kind);
    }

    private void Note(GraphRequest request, GraphAnswer? answer, FaultKind? fault)
    {
        if (request.IsSend)
        {
            ledger.Note(request, request.ObjectId, answer, fault);
        }
    }

    private static async Task WriteAsync(HttpContext http, GraphAnswer answer, FaultKind? spoiling)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        if (answer.Body is null)
        {
            return;
        }

        response.ContentType = "application/json; charset=UTF-8";
        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "OAuth \"Facebook Platform\" \"invalid_token\"";
        }

        var text = MetaJson.Write(answer.Body);
        if (spoiling == FaultKind.Garbage)
        {
            response.ContentType = "text/html";
            text = "<!doctype html><title>OK</title>";
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        response.ContentLength = bytes.Length;
        if (spoiling != FaultKind.Cut)
        {
            await response.Body.WriteAsync(bytes, http.RequestAborted);
            return;
        }

        await response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), http.RequestAborted);
        await response.Body.FlushAsync(http.RequestAborted);
        GraphFaults.Reset(http);
    }
}
