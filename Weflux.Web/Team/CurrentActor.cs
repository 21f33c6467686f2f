using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Weflux.Domain.Team;

namespace Weflux.Web.Team;

/// <summary>Who is acting in this circuit, read anew at each action.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, Actors actors)
{
    /// <summary>The signed-in person as a member of the workspace; null if not a member.</summary>
    public async Task<Actor?> FindAsync(string workspaceSlug, CancellationToken cancellationToken = default) =>
        await UserAsync() is { } user ? await actors.FindAsync(user, workspaceSlug, cancellationToken) : null;

    /// <summary>
    /// The same, as it was at most a second ago: for screens that take in news, of which there may be thousands in a
    /// second. Whoever acts asks anew.
    /// </summary>
    public async Task<Actor?> FindRecentAsync(string workspaceSlug, CancellationToken cancellationToken = default) =>
        await UserAsync() is { } user ? await actors.FindRecentAsync(user, workspaceSlug, cancellationToken) : null;

    /// <summary>The signed-in person; null if nobody is.</summary>
    public async Task<UserId?> UserAsync() => (await authentication.GetAuthenticationStateAsync()).User.UserId();
}

public static class Principals
{
    /// <summary>The person behind a principal; null if it is anonymous.</summary>
    public static UserId? UserId(this ClaimsPrincipal? principal) =>
        principal?.Identity?.IsAuthenticated == true
        && long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id)
            ? new UserId(id)
            : null;
}
