using Microsoft.AspNetCore.Mvc;

namespace Weflux.Web.Api;

/// <summary>What endpoints say of themselves, for the document and its reader page.</summary>
internal static class ApiRoutes
{
    /// <summary>Of a body that may be left out; the document says that it is JSON.</summary>
    public const string AnyType = "*/*";

    public static RouteHandlerBuilder Names(
        this RouteHandlerBuilder endpoint, string name, string tag, string summary, string description) =>
        endpoint.WithName(name).WithTags(tag).WithSummary(summary).WithDescription(description);

    /// <summary>It may answer with one of these, as a problem.</summary>
    public static RouteHandlerBuilder MayAnswer(this RouteHandlerBuilder endpoint, params int[] statuses) =>
        endpoint.WithMetadata([.. statuses.Select(status => new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), [ApiProblem.MediaType]))]);

    public static RouteHandlerBuilder MayBeMissing(this RouteHandlerBuilder endpoint) => endpoint.MayAnswer(StatusCodes.Status404NotFound);

    /// <summary>A body of JSON, which may be wrong.</summary>
    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull =>
        endpoint.Accepts<T>("application/json").MayAnswer(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge);

    /// <summary>A body of JSON that may be left out. For the routes it is a body of any type: one that must be JSON must also be there.</summary>
    public static RouteHandlerBuilder MayTakeJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull =>
        endpoint.Accepts<T>(isOptional: true, AnyType).MayAnswer(StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge);
}
