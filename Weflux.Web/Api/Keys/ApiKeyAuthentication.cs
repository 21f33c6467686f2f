using System.Net.Http.Headers;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Weflux.Domain.Team;

namespace Weflux.Web.Api.Keys;

/// <summary>
/// Who calls the API: whoever sends a key in the Authorization header. Nothing else is looked at, no cookie and no
/// query parameter, so that no page can call it with somebody's session and no key ends in an access log.
/// </summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys, ApiKeyLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer";
    private TimeSpan? _retryAfter;
    private bool _hasKey;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization;
        if (header.Count == 0)
        {
            return AuthenticateResult.NoResult();
        }

        _hasKey = true;
        if (header.Count > 1
            || !AuthenticationHeaderValue.TryParse(header[0], out var credentials)
            || !string.Equals(credentials.Scheme, Bearer, StringComparison.OrdinalIgnoreCase)
            || !ApiKeyText.TryParse(credentials.Parameter, out var presented))
        {
            return AuthenticateResult.Fail("The header holds no API key.");
        }

        var from = Context.Connection.RemoteIpAddress;
        _retryAfter = limits.MustWait(from, presented);
        if (_retryAfter is not null)
        {
            return AuthenticateResult.Fail("Too many wrong keys came from there.");
        }

        var actor = await keys.FindAsync(presented, Context.RequestAborted);
        limits.Tell(from, presented, isGood: actor is not null);
        if (actor is null)
        {
            return AuthenticateResult.Fail("The API key is not valid.");
        }

        Context.Features.Set(actor);
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, actor.Name)], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (_retryAfter is { } wait)
        {
            return ApiProblem.TooMany(wait, "Too many wrong API keys came from this address.").WriteAsync(Context);
        }

        Response.Headers[HeaderNames.WWWAuthenticate] = _hasKey ? $"{Bearer} error=\"invalid_token\"" : Bearer;
        return new ApiProblem(StatusCodes.Status401Unauthorized, _hasKey
            ? "The API key is unknown, expired or revoked."
            : "Send an API key in the header: Authorization: Bearer wfx_…").WriteAsync(Context);
    }
}

public static class ApiActors
{
    /// <summary>The key that calls. Only for endpoints that ask for one.</summary>
    public static Actor Actor(this HttpContext context) =>
        context.Features.Get<Actor>() ?? throw new InvalidOperationException("The endpoint asks for no API key.");
}
