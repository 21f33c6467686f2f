using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Weflux.Web.Account;

namespace Weflux.Web.Demo;

/// <summary>One click signs a visitor in as one of the demo's people, and as nobody else.</summary>
internal static class DemoSignIn
{
    public const string Path = "/demo/sign-in";

    public static void MapDemoSignIn(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost(Path, ExecuteAsync).AllowAnonymous();

    private static async Task<Results<RedirectHttpResult, NotFound>> ExecuteAsync(
        [FromForm] string email, [FromForm] string? returnUrl, SignInManager<WefluxUser> signIn)
    {
        var person = DemoWorkspaces.FindPerson(email);
        var user = person is null ? null : await signIn.UserManager.FindByNameAsync(person.Email);
        if (user is null)
        {
            return TypedResults.NotFound();
        }

        await signIn.SignInAsync(user, isPersistent: false);
        return TypedResults.LocalRedirect(LocalUrl.OrHome(returnUrl));
    }
}
