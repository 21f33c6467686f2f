namespace Weflux.Web.Operations;

/// <summary>
/// Refuses circuits and hub connections that a page of another origin opens. Cookies travel on such a socket when the
/// other page is merely on a sibling host or port, and a circuit carries no antiforgery token.
/// </summary>
public sealed class AllowedOrigins(RequestDelegate next, PublicAddress address)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count > 0 && IsSocket(request.Path) && !address.IsOwn(request.Headers.Origin.ToString(), request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static bool IsSocket(PathString path) =>
        path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
