using Microsoft.Net.Http.Headers;

namespace Weflux.Web.Api;

/// <summary>
/// What every answer under <c>/api</c> has in common: nothing of it is kept by anybody on the way, and an error is
/// problem details, whoever refused. Never a page and never a redirect.
/// </summary>
internal sealed partial class ApiAnswers(RequestDelegate next, ILogger<ApiAnswers> logger)
{
    private static readonly PathString Root = "/api";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments(Root, StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        context.Response.Headers[HeaderNames.CacheControl] = "no-store";
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = refused.StatusCode;
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            Failed(exception, context.TraceIdentifier);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
        {
            await new ApiProblem(context.Response.StatusCode, Words(context)).WriteAsync(context);
        }
    }

    private static string? Words(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status500InternalServerError => $"It is our fault. The log names this request {context.TraceIdentifier}.",
        _ => null,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to the API failed ({TraceIdentifier})")]
    private partial void Failed(Exception exception, string traceIdentifier);
}
