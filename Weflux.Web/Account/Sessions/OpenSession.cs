using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Weflux.Web.Security;

namespace Weflux.Web.Account.Sessions;

/// <summary>Demands that the session of whoever asks was not ended. Part of the default policy, so pages and the hub ask it alike.</summary>
internal sealed class OpenSession : IAuthorizationRequirement;

internal sealed class OpenSessionCheck(SessionBook sessions) : AuthorizationHandler<OpenSession>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, OpenSession requirement)
    {
        // A request was looked at when its cookie was read. A circuit and a hub connection keep their principal for
        // hours, so they are asked anew. A principal of no session was not made by a cookie.
        if (context.Resource is HttpContext
            || context.User.UserId() is not { } user
            || context.User.SessionId() is not { } session
            || await sessions.IsOpenAsync(user, session, CancellationToken.None))
        {
            context.Succeed(requirement);
        }
    }
}

/// <summary>Looks at the session of each request that carries a cookie.</summary>
internal static class SessionCookies
{
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        if (context.Principal is not { } principal)
        {
            return;
        }

        var http = context.HttpContext;
        var sessions = http.RequestServices.GetRequiredService<SessionBook>();
        if (principal.UserId() is not { } user
            || principal.SessionId() is not { } session
            || !await sessions.WasOpenAsync(user, session, http.Connection.RemoteIpAddress?.ToString(), http.RequestAborted))
        {
            context.RejectPrincipal();
            await http.SignOutAsync(IdentityConstants.ApplicationScheme);
        }
    }

    /// <summary>A principal that is made anew stays in its session.</summary>
    public static Task KeepAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context.CurrentPrincipal?.SessionId() is { } session && context.NewPrincipal?.Identities.FirstOrDefault() is { } identity)
        {
            identity.AddClaim(SessionClaim.For(session));
        }

        return Task.CompletedTask;
    }
}
