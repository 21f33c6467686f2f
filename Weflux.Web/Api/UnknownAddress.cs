using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Net.Http.Headers;

namespace Weflux.Web.Api;

/// <summary>
/// Answers for every address under <c>/api</c> that is none, and for every method that an address does not know. The
/// pages would otherwise answer for them: they have a road for every GET.
/// </summary>
internal static class UnknownAddress
{
    private const string Rest = "/api/{**rest}";

    public static void Map(WebApplication app) => app.Map(Rest, Answer)
        .AllowAnonymous().DisableAntiforgery().ExcludeFromDescription().WithMetadata(new SkipStatusCodePagesAttribute());

    private static ApiProblem Answer(HttpContext context, EndpointDataSource endpoints)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>().Where(e => IsOther(e) && Matches(e, context.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (methods.Count == 0 || methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            if (methods.Count > 0 && context.Request.Headers.ContainsKey(HeaderNames.Authorization) && HttpMethods.IsPost(context.Request.Method)
                && Accepted(endpoints, context.Request.Path) is { } type
                && context.Request.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) != true)
            {
                return new ApiProblem(StatusCodes.Status415UnsupportedMediaType, $"Send the body as {type}, and say so in the header Content-Type.");
            }

            // In the second case the address has the right shape and a part that cannot be an id.
            return new ApiProblem(StatusCodes.Status404NotFound, "There is no such address. /docs/api lists those there are.");
        }

        var allowed = string.Join(", ", methods);
        context.Response.Headers[HeaderNames.Allow] = allowed;
        return new ApiProblem(StatusCodes.Status405MethodNotAllowed, $"This address answers {allowed}.");
    }

    private static string? Accepted(EndpointDataSource endpoints, PathString path) => endpoints.Endpoints.OfType<RouteEndpoint>()
        .Where(e => IsOther(e) && Matches(e, path))
        .SelectMany(e => e.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()?.ContentTypes ?? []).FirstOrDefault();

    private static bool IsOther(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText is { } pattern && pattern != Rest && pattern.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase);

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
