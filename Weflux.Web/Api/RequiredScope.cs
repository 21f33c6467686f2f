using Weflux.Domain.Team;
using Weflux.Web.Api.Keys;

namespace Weflux.Web.Api;

/// <summary>What a key needs for an endpoint. The query or use case behind it asks again; this says it in words first.</summary>
internal sealed record RequiredScope(Permission Permission, string Scope);

internal static class RequiredScopes
{
    public static RouteHandlerBuilder RequireScope(this RouteHandlerBuilder endpoint, Permission permission)
    {
        var required = new RequiredScope(
            permission, ApiScopes.For(permission) ?? throw new ArgumentException("No scope gives this permission.", nameof(permission)));
        return endpoint.WithMetadata(required).AddEndpointFilter(async (context, next) =>
            context.HttpContext.Actor().May(required.Permission)
                ? await next(context)
                : new ApiProblem(StatusCodes.Status403Forbidden, $"This key lacks the scope {required.Scope}.") { Scope = required.Scope });
    }
}
