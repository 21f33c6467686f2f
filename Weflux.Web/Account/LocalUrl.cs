using Microsoft.AspNetCore.Http.HttpResults;

namespace Weflux.Web.Account;

/// <summary>Where to go after signing in: a page of ours, and nothing else.</summary>
public static class LocalUrl
{
    public static string OrHome(string? url) =>
        !string.IsNullOrEmpty(url) && url[0] == '/' && RedirectHttpResult.IsLocalUrl(url) ? url : "/";
}
