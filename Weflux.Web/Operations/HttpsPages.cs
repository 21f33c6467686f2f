namespace Weflux.Web.Operations;

/// <summary>
/// Where the public address is https, a page that arrives in the clear is refused in words. Its cookies could not be
/// set, and the usual cause is a proxy that is not named in the settings.
/// </summary>
public sealed class HttpsPages(RequestDelegate next, PublicAddress address)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!address.IsHttps || context.Request.IsHttps || ProgramPaths.Contains(context.Request.Path))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return context.Response.WriteAsync(
            $"Weflux is at {address.Origin} and this request came without https. " +
            $"If a proxy speaks https for it, name the proxy in {AddressOptions.Section}:{nameof(AddressOptions.KnownProxies)} and let it send X-Forwarded-Proto.",
            context.RequestAborted);
    }
}
