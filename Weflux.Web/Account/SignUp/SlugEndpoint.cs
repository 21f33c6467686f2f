namespace Weflux.Web.Account.SignUp;

/// <summary>What the sign-up form asks while somebody types.</summary>
internal static class SlugEndpoint
{
    public const string Path = "/sign-up/address";

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, GetAsync).AllowAnonymous();

    /// <param name="name">The name of the organisation, for which an address is proposed.</param>
    /// <param name="slug">The address as typed; empty to have one proposed.</param>
    /// <param name="http">The request.</param>
    /// <param name="advice">Judges and proposes.</param>
    /// <param name="door">Whether anybody needs to know: which addresses are taken is nobody's business where nobody can have one.</param>
    private static async Task<IResult> GetAsync(string? name, string? slug, HttpContext http, SlugAdvice advice, SignUpDoor door)
    {
        if (http.User.Identity?.IsAuthenticated != true && !await door.IsOpenAsync(http.RequestAborted))
        {
            return TypedResults.NotFound();
        }

        http.Response.Headers.CacheControl = "no-store";
        if (!advice.Take(http.Connection.RemoteIpAddress))
        {
            return TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var asked = string.IsNullOrEmpty(slug) ? await advice.SuggestAsync(name, http.RequestAborted) : slug;
        return TypedResults.Json(string.IsNullOrEmpty(asked)
            ? new SlugWords(null, IsFree: false, "Choose an address.")
            : await advice.JudgeAsync(asked, http.RequestAborted));
    }
}
