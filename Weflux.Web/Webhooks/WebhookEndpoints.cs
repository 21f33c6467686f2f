using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Weflux.Web.Webhooks;

internal static class WebhookEndpoints
{
    private const int ChunkFraming = 64 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/webhooks/whatsapp/{appKey}")
            .AllowAnonymous()
            .DisableAntiforgery()
            .WithMetadata(new SkipStatusCodePagesAttribute())
            .ExcludeFromDescription();
        group.MapGet("", VerifyAsync);

        // The server counts the framing of chunks too; the intake counts the body alone.
        group.MapPost("", ReceiveAsync).WithMetadata(new RequestSizeLimitAttribute(WebhookIntake.MaxBodyBytes + ChunkFraming));
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

    private static async Task<StatusCodeHttpResult> ReceiveAsync(string appKey, HttpRequest request, WebhookIntake intake)
    {
        IntakeOutcome outcome;
        try
        {
            outcome = await intake.ReceiveAsync(
                appKey,
                request.Body,
                request.ContentLength,
                request.Headers[WebhookSignature.Header],
                request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException exception)
        {
            return TypedResults.StatusCode(exception.StatusCode);
        }

        return TypedResults.StatusCode(outcome switch
        {
            IntakeOutcome.Stored => StatusCodes.Status200OK,
            IntakeOutcome.UnknownApp => StatusCodes.Status404NotFound,
            IntakeOutcome.BadSignature => StatusCodes.Status401Unauthorized,
            IntakeOutcome.TooLarge => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status503ServiceUnavailable,
        });
    }
}
