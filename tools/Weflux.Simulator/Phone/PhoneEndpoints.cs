using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weflux.Simulator.Chats;
using Weflux.Simulator.Control;
using Weflux.Simulator.Graph.Media;
using Weflux.Simulator.People;

namespace Weflux.Simulator.Phone;

/// <summary>The customer's phone as a page.</summary>
internal static class PhoneEndpoints
{
    private static readonly string[] Shown = ["image/", "video/", "audio/"];

    public static void Map(IEndpointRouteBuilder simulator)
    {
        simulator.MapGet("/phone", (HttpContext http) => PhoneAssets.Page("phone.html", http));
        simulator.MapGet("/assets/{name}", (string name, HttpContext http) => PhoneAssets.Answer(name, http));
        simulator.MapGet("/phone/media/{id}", File);
        simulator.MapGet("/events", Events);
        simulator.MapPost("/viewers/{viewer}", ShowAsync).AddEndpointFilter(new JsonOnly());
    }

    /// <summary>The phone shows files without a token: it is the customer's own device.</summary>
    private static IResult File(string id, HttpContext http, MediaShelf shelf)
    {
        if (shelf.Find(id) is not { } item || shelf.Bytes(id) is not { } bytes)
        {
            return TypedResults.NotFound();
        }

        var isShown = Array.Exists(Shown, kind => item.MimeType.StartsWith(kind, StringComparison.Ordinal)) && !item.MimeType.Contains("svg", StringComparison.Ordinal);
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=86400";
        return TypedResults.Bytes(bytes, item.MimeType, isShown ? null : "file", enableRangeProcessing: true);
    }

    private static IResult Events(string number, string customer, string viewer, long? after, HttpContext http, PhoneStream stream, CustomerBook customers)
    {
        var chat = new ChatKey(number, customer);
        if (customers.Find(chat) is null)
        {
            return ControlAnswer.NotFound("customer");
        }

        var last = long.TryParse(http.Request.Headers["Last-Event-ID"], out var seen) ? seen : after ?? 0;
        return TypedResults.ServerSentEvents(stream.ReadAsync(chat, viewer, last, http.RequestAborted));
    }

    private static async Task<IResult> ShowAsync(string viewer, HttpRequest request, Handsets handsets, Delivery delivery)
    {
        if ((await ControlAnswer.BodyAsync(request))?.Flag("visible") is not { } isVisible)
        {
            return ControlAnswer.Refused("Say \"visible\": true or false.");
        }

        if (handsets.Show(viewer, isVisible) is not { } chat)
        {
            return ControlAnswer.NotFound("viewer");
        }

        delivery.Look(chat);
        return TypedResults.NoContent();
    }
}
