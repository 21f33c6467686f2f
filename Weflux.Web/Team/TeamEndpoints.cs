using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Team;

internal static class TeamEndpoints
{
    /// <summary>The whole workspace as a file, for whom the ticket was made.</summary>
    public static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(
        string workspace,
        string ticket,
        ClaimsPrincipal principal,
        Actors actors,
        ExportWorkspace export,
        WorkspaceExport file,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var actor = principal.UserId() is { } user ? await actors.FindAsync(user, workspace, cancellationToken) : null;
        if (actor is null || !export.IsTicketOf(actor, ticket))
        {
            return TypedResults.NotFound();
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"weflux-{workspace}-{time.GetUtcNow():yyyy-MM-dd}.zip");
        return TypedResults.Stream(output => file.WriteAsync(actor with { From = principal.From() }, output, cancellationToken), "application/zip", name);
    }

    /// <summary>Sends members who come to a former address of a workspace on to the present one.</summary>
    public static async Task FollowAsync(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsGet(context.Request.Method)
            && context.Request.Path.Value?.Split('/') is ["", "w", { Length: > 0 } slug, .. var rest]
            && context.User.UserId() is { } user
            && await context.RequestServices.GetRequiredService<Actors>().FindMovedAsync(user, slug, context.RequestAborted) is { } now)
        {
            context.Response.Redirect($"/w/{now}/{string.Join('/', rest.Select(Uri.EscapeDataString))}{context.Request.QueryString}");
            return;
        }

        await next(context);
    }
}
