using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Weflux.Web.Api;

/// <summary>What a program sent as JSON, or in which member it is wrong. The framework's own reading says only that it is.</summary>
internal sealed record JsonBody<T>(T? Value, ApiProblem? Problem)
    where T : class
{
    /// <summary>More than the largest message needs.</summary>
    private const long MostBytes = 1_000_000;

    public static async ValueTask<JsonBody<T>?> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            return Wrong(StatusCodes.Status415UnsupportedMediaType, "Send JSON, with 'Content-Type: application/json'.");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MostBytes;
        }

        try
        {
            return await context.Request.ReadFromJsonAsync<T>(context.RequestAborted) is { } value
                ? new JsonBody<T>(value, null)
                : Wrong(StatusCodes.Status400BadRequest, "The body is empty. Send the object that the description of this address shows.");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Wrong(exception.StatusCode, $"A body of JSON has at most {MostBytes / 1_000_000} MB. Files are uploaded to /api/v1/media first.");
        }
        catch (InvalidOperationException exception) when (exception.InnerException is ArgumentException)
        {
            // The framework says so of a charset that nobody knows.
            return Wrong(StatusCodes.Status415UnsupportedMediaType, "Send JSON in UTF-8, with 'Content-Type: application/json'.");
        }
        catch (JsonException exception)
        {
            return Wrong(StatusCodes.Status400BadRequest, $"The body cannot be read{At(exception)}. The description of this address shows its members and their types.");
        }
    }

    private static JsonBody<T> Wrong(int status, string detail) => new(null, new ApiProblem(status, detail));

    private static string At(JsonException exception) => exception switch
    {
        { Path: "$", InnerException: null } => ": it is no object",
        { Path: { Length: > 2 } path } => $": '{path[2..]}' is not of the right type, or what stands there is no JSON",
        { LineNumber: { } line, BytePositionInLine: { } position } => $": it is no JSON, at line {line + 1}, byte {position + 1}",
        _ => ": it is no JSON",
    };
}
