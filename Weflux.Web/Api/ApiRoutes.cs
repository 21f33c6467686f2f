using Microsoft.AspNetCore.Mvc;

namespace Weflux.Web.Api;

/// <summary>What endpoints say of themselves, for the document and its reader page.</summary>
internal static class ApiRoutes
{
    public static RouteHandlerBuilder Names(
        this RouteHandlerBuilder endpoint, string name, string tag, string summary, string description) =>
        endpoint.WithName(name).WithTags(tag).WithSummary(summary).WithDescription(description);

    /// <summary>It may answer with one of these, as a problem.</summary>
    public static RouteHandlerBuilder MayAnswer(this RouteHandlerBuilder endpoint, params int[] statuses) =>
        endpoint.WithMetadata([.. statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ApiProblem.MediaType]))]);

    public static RouteHandlerBuilder MayBeMissing(this RouteHandlerBuilder endpoint) => endpoint.MayAnswer(StatusCodes.Status404NotFound);

    /// <summary>A body of JSON, which may be wrong.</summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint, bool isOptional = false)
        where T : notnull =>
        endpoint.Accepts<T>(isOptional, "application/json").MayAnswer(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge);
}
