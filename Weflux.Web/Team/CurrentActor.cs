using Microsoft.AspNetCore.Components.Authorization;
using Weflux.Domain.Team;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Team;

/// <summary>Who is acting in this circuit, read anew at each action.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, Actors actors)
{
    /// <summary>The signed-in person as a member of the workspace; null if not a member.</summary>
    public async Task<Actor?> FindAsync(string workspaceSlug, CancellationToken cancellationToken = default)
    {
        var principal = (await authentication.GetAuthenticationStateAsync()).User;
        return principal.UserId() is { } user && await actors.FindAsync(user, workspaceSlug, cancellationToken) is { } actor
            ? actor with { From = principal.From() }
            : null;
    }

    /// <summary>
    /// The same, as it was at most a second ago: for screens that take in news, of which there may be thousands in a
    /// second. Whoever acts asks anew.
    /// </summary>
    public async Task<Actor?> FindRecentAsync(string workspaceSlug, CancellationToken cancellationToken = default) =>
        await UserAsync() is { } user ? await actors.FindRecentAsync(user, workspaceSlug, cancellationToken) : null;

    /// <summary>The signed-in person; null if nobody is.</summary>
    public async Task<UserId?> UserAsync() => (await authentication.GetAuthenticationStateAsync()).User.UserId();
}
