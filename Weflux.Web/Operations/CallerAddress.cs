using System.Security.Claims;

namespace Weflux.Web.Operations;

/// <summary>
/// Notes on the principal from where it calls. A circuit keeps the principal of the request that opened it, and has no
/// request of its own to ask.
/// </summary>
public static class CallerAddress
{
    private const string Claim = "weflux:from";

    public static Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.User.Identity?.IsAuthenticated == true && context.Connection.RemoteIpAddress is { } address)
        {
            var from = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

            // Without a type of authentication it is a note, not somebody.
            context.User.AddIdentity(new ClaimsIdentity([new Claim(Claim, from.ToString())]));
        }

        return next(context);
    }

    /// <summary>The network address that the principal came from; null if it is not known.</summary>
    public static string? From(this ClaimsPrincipal? principal) => principal?.FindFirstValue(Claim);
}
