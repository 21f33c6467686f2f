using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Weflux.Web.Webhooks;

internal static class WebhookEndpoints
{
    private const string AppKey = "appKey";

    /// <summary>The server counts the framing of chunks too; the intake counts the body alone.</summary>
    private const int ChunkFraming = 64 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/webhooks/whatsapp/{appKey}")
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute())
            .ExcludeFromDescription();
        group.MapGet("", VerifyAsync);

        // The signature is its authentication: cookies, policies and antiforgery have nothing to add and cost as much as the rest.
        var intake = endpoints.ServiceProvider.GetRequiredService<WebhookIntake>();
        group.MapPost("", context => ReceiveAsync(context, intake))
            .WithMetadata(new RequestSizeLimitAttribute(WebhookIntake.MaxBodyBytes + ChunkFraming))
            .ShortCircuit();
    }

    private static async Task<Results<ContentHttpResult, NotFound, StatusCodeHttpResult>> VerifyAsync(
        string appKey,
        [FromQuery(Name = "hub.mode")] string? mode,
        [FromQuery(Name = "hub.verify_token")] string? token,
        [FromQuery(Name = "hub.challenge")] string? challenge,
        WebhookIntake intake,
        CancellationToken cancellationToken)
    {
        try
        {
            return await intake.VerifyAsync(appKey, mode, token, cancellationToken) switch
            {
                null => TypedResults.NotFound(),
                true => TypedResults.Text(challenge ?? "", "text/plain"),
                false => TypedResults.StatusCode(StatusCodes.Status403Forbidden),
            };
        }
        catch (JournalUnavailableException)
        {
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task ReceiveAsync(HttpContext context, WebhookIntake intake)
    {
        var request = context.Request;
        try
        {
            var outcome = await intake.ReceiveAsync(
                (string)request.RouteValues[AppKey]!,
                request.Body,
                request.ContentLength,
                request.Headers[WebhookSignature.Header],
                context.RequestAborted);
            context.Response.StatusCode = outcome switch
            {
                IntakeOutcome.Stored => StatusCodes.Status200OK,
                IntakeOutcome.UnknownApp => StatusCodes.Status404NotFound,
                IntakeOutcome.BadSignature => StatusCodes.Status401Unauthorized,
                IntakeOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
                _ => StatusCodes.Status503ServiceUnavailable,
            };
        }
        catch (BadHttpRequestException exception)
        {
            context.Response.StatusCode = exception.StatusCode;
        }
    }
}
