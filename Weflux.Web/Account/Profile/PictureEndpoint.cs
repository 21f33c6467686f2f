using Weflux.Domain.Team;
using Weflux.Web.Security;

namespace Weflux.Web.Account.Profile;

/// <summary>Gives pictures to people who may see them, and "not found" to all others, strangers without a session among them.</summary>
internal static class PictureEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/people/{person:long}/picture", GetAsync).AllowAnonymous();

    private static async Task<IResult> GetAsync(long person, HttpContext http, PersonPictures pictures)
    {
        if (http.User.UserId() is not { } viewer || await pictures.FindAsync(viewer, new UserId(person), http.RequestAborted) is not { } picture)
        {
            return TypedResults.NotFound();
        }

        // The address changes with the picture; a shared cache must not keep what only colleagues may see.
        http.Response.Headers.CacheControl = "private, max-age=86400";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(picture.Bytes, picture.ContentType);
    }
}
