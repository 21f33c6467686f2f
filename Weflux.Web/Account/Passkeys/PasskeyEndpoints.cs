using Microsoft.AspNetCore.Antiforgery;
using Weflux.Web.Account.Passwords;
using Weflux.Web.Security;

namespace Weflux.Web.Account.Passkeys;

/// <summary>What browsers ask for before they make or show a passkey. The answers come back in ordinary forms.</summary>
internal static class PasskeyEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/account/passkey-options", MakeAsync).RequireAuthorization();
        endpoints.MapPost("/sign-in/passkey-options", AskAsync).AllowAnonymous();
    }

    private static async Task<IResult> MakeAsync(HttpContext http, IAntiforgery antiforgery, OwnPasskeys passkeys, PasswordProof proof)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        if (http.User.UserId() is not { } person)
        {
            return TypedResults.NotFound();
        }

        // A passkey outlives the session that made it, so a session alone is not enough.
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var proved = await proof.CheckAsync(person, form["Password"], http.Connection.RemoteIpAddress, http.RequestAborted);
        return proved.Sentence() is { } refusal ? TypedResults.Text(refusal, statusCode: StatusCodes.Status403Forbidden)
            : await passkeys.OptionsAsync(person) is { } options ? TypedResults.Content(options, "application/json")
            : TypedResults.NotFound();
    }

    private static async Task<IResult> AskAsync(HttpContext http, IAntiforgery antiforgery, WefluxSignIn signIn, SignInLimits limits)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        // Without a name, so that the answer tells nobody who has a passkey: the browser offers what it has.
        return limits.Take(http.Connection.RemoteIpAddress, $"passkeys:{Operations.ClientNetwork.Of(http.Connection.RemoteIpAddress)}") is null
            ? TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(user: null), "application/json")
            : TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    }
}
