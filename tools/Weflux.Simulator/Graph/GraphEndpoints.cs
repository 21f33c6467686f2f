using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Simulator.Graph.Media;

namespace Weflux.Simulator.Graph;

internal static class GraphEndpoints
{
    public static void Map(IEndpointRouteBuilder simulator)
    {
        simulator.Map("/graph/{version}/{**path}", http =>
            http.RequestServices.GetRequiredService<GraphFrontDoor>().AnswerAsync(http));
        simulator.MapGet("/lookaside/{id}", (string id, HttpContext http, MediaDownload download) => download.Answer(id, http.Request));
    }
}
