using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Weflux.Web.Account.Sessions;
using Weflux.Web.Operations;

namespace Weflux.Web.Account;

/// <summary>
/// Names and flags of our cookies. Under https they carry the <c>__Host-</c> prefix, which a browser accepts only over
/// https, for this host alone and for the whole of it, so that no sibling host can plant one.
/// </summary>
internal sealed class Cookies(PublicAddress address)
    : IConfigureNamedOptions<CookieAuthenticationOptions>, IConfigureOptions<AntiforgeryOptions>
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);
    private static readonly TimeSpan DeviceIsKnown = TimeSpan.FromDays(14);

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        Harden(options.Cookie, name switch
        {
            _ when name == IdentityConstants.ApplicationScheme => "weflux",
            _ when name == IdentityConstants.TwoFactorUserIdScheme => "weflux-second-step",
            _ when name == IdentityConstants.TwoFactorRememberMeScheme => "weflux-known-device",
            _ => "weflux-external",
        });
        if (name == IdentityConstants.TwoFactorRememberMeScheme)
        {
            // The page that asks promises two weeks, not two weeks from the last time.
            (options.ExpireTimeSpan, options.SlidingExpiration) = (DeviceIsKnown, false);
        }

        if (name != IdentityConstants.ApplicationScheme)
        {
            return;
        }

        options.Events.OnValidatePrincipal = SessionCookies.ValidateAsync;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/forbidden";
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = context => AnswerAsync(
            context, StatusCodes.Status401Unauthorized, $"/sign-in{QueryString.Create("returnUrl", PageOf(context.Request))}");
        options.Events.OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden, "/forbidden");
    }

    public void Configure(CookieAuthenticationOptions options) => Configure(Options.DefaultName, options);

    public void Configure(AntiforgeryOptions options)
    {
        Harden(options.Cookie, "weflux-form");

        // Framing is the content security policy's business.
        options.SuppressXFrameOptionsHeader = true;
    }

    private void Harden(CookieBuilder cookie, string name)
    {
        cookie.Name = address.IsHttps ? $"__Host-{name}" : name;
        cookie.SecurePolicy = address.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
    }

    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status, string page)
    {
        if (ProgramPaths.Contains(context.Request.Path))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            // Relative, so that the host of the request never reaches the answer.
            context.Response.Redirect(page);
        }

        return Task.CompletedTask;
    }

    private static string PageOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString : "/";
}
