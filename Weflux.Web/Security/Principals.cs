using System.Globalization;
using System.Security.Claims;
using Weflux.Domain.Team;

namespace Weflux.Web.Security;

public static class Principals
{
    /// <summary>The person behind a principal; null if it is anonymous.</summary>
    public static UserId? UserId(this ClaimsPrincipal? principal) =>
        principal?.Identity?.IsAuthenticated == true
        && long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id)
            ? new UserId(id)
            : null;
}
