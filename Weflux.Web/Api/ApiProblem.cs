using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Weflux.Web.Api;

/// <summary>An error answer of the API (RFC 9457). It says what is wrong in words and never what was found elsewhere.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Detail">What to do about it; null if the status says all.</param>
internal sealed record ApiProblem(int Status, string? Detail) : IResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>Which scope the key lacks; null if that is not the matter.</summary>
    public string? Scope { get; init; }

    /// <summary>Why a message was refused, in one word for programs; null if that is not the matter.</summary>
    public string? Reason { get; init; }

    /// <summary>How long to wait; null if that is not the matter.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiProblem NotFound { get; } = new(StatusCodes.Status404NotFound, "There is none of that id in this key's workspace.");

    public static ApiProblem TooMany(TimeSpan wait, string detail) =>
        new(StatusCodes.Status429TooManyRequests, detail) { RetryAfter = wait };

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext);

    public Task WriteAsync(HttpContext context)
    {
        var problem = new ProblemDetails
        {
            Type = "about:blank",
            Title = ReasonPhrases.GetReasonPhrase(Status),
            Status = Status,
            Detail = Detail,
            Instance = context.Request.Path,
        };
        if (Scope is not null)
        {
            problem.Extensions["scope"] = Scope;
        }

        if (Reason is not null)
        {
            problem.Extensions["reason"] = Reason;
        }

        if (RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            context.Response.Headers[HeaderNames.RetryAfter] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(problem, options: null, MediaType, context.RequestAborted);
    }
}
