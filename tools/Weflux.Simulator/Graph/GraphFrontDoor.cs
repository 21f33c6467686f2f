using System.Text;
using Microsoft.AspNetCore.Http;
using Weflux.Simulator.Control;
using Weflux.Simulator.Webhooks;

namespace Weflux.Simulator.Graph;

/// <summary>The one place where Graph requests are answered: reads, routes, notes sends in the ledger, writes.</summary>
internal sealed class GraphFrontDoor(GraphRouter router, Ledger ledger)
{
    public async Task AnswerAsync(HttpContext http)
    {
        var version = http.Request.RouteValues["version"]!.ToString()!;
        var path = http.Request.RouteValues["path"]?.ToString() ?? "";
        var request = await GraphRequest.ReadAsync(http, version, path);
        var answer = await router.AnswerAsync(request);
        if (request.IsSend)
        {
            ledger.Note(request, answer);
        }

        await WriteAsync(http.Response, answer, http.RequestAborted);
    }

    private static async Task WriteAsync(HttpResponse response, GraphAnswer answer, CancellationToken cancellation)
    {
        response.StatusCode = answer.Status;
        response.ContentType = "application/json; charset=UTF-8";
        if (answer.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "OAuth \"Facebook Platform\" \"invalid_token\"";
        }

        await response.WriteAsync(MetaJson.Write(answer.Body), Encoding.UTF8, cancellation);
    }
}
