using System.Security.Claims;

namespace Weflux.Web.Account.Sessions;

/// <summary>The session that a principal belongs to.</summary>
public static class SessionClaim
{
    private const string Type = "weflux:session";

    public static Claim For(Guid session) => new(Type, session.ToString("N"));

    /// <summary>The session; null if the principal is of none.</summary>
    public static Guid? SessionId(this ClaimsPrincipal? principal) =>
        Guid.TryParseExact(principal?.FindFirstValue(Type), "N", out var session) ? session : null;
}
