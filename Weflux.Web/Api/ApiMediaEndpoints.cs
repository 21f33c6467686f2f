using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Weflux.Domain.Team;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;

namespace Weflux.Web.Api;

/// <summary>Files through the API: put one here, look at one, fetch its bytes.</summary>
internal static class ApiMediaEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/media", UploadAsync)
            .WithName("uploadMedia").WithTags("Media").WithSummary("Upload a file")
            .WithDescription("Puts a file here in order to send it with the same key. It waits for 24 hours and is then forgotten. What it is, is told from its bytes; what WhatsApp would not take is refused with a sentence that says why.")
            .Accepts<UploadForm>(isOptional: true, "multipart/form-data")
            .RequireScope(Permission.UploadFiles)
            .WithMetadata(
                Problem(StatusCodes.Status413PayloadTooLarge), Problem(StatusCodes.Status422UnprocessableEntity));
        api.MapGet("/media/{id:long}", GetAsync)
            .WithName("getMedia").WithTags("Media").WithSummary("Get a file's facts")
            .WithDescription("What is known of a file of a message, or of one that this key put here.")
            .RequireScope(Permission.ReadAllMessages).WithMetadata(Problem(StatusCodes.Status404NotFound));
        api.MapGet("/media/{id:long}/content", GetContentAsync)
            .WithName("getMediaContent").WithTags("Media").WithSummary("Get a file")
            .WithDescription("The bytes of a file that is ready. Ranges can be asked for.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
            .RequireScope(Permission.ReadAllMessages).WithMetadata(Problem(StatusCodes.Status404NotFound));
        api.MapMethods("/media/{id:long}/content", [HttpMethods.Head], GetContentAsync)
            .WithName("getMediaHeaders").WithTags("Media").WithSummary("Get a file's headers")
            .WithDescription("Size and type of a file that is ready, without its bytes.")
            .Produces<byte[]>(StatusCodes.Status200OK, "application/octet-stream")
            .RequireScope(Permission.ReadAllMessages).WithMetadata(Problem(StatusCodes.Status404NotFound));
    }

    private static async Task<Results<Created<ApiMedia>, ApiProblem>> UploadAsync(
        HttpContext context, UploadFile upload, CancellationToken cancellationToken) =>
        await UploadRequest.TakeAsync(context, context.Actor(), upload, cancellationToken) switch
        {
            UploadOutcome.Stored stored => TypedResults.Created($"/api/v1/media/{stored.File.Id}", ApiMedia.Of(stored.File)),
            UploadOutcome.Refused { IsTooLarge: true } refused => new ApiProblem(StatusCodes.Status413PayloadTooLarge, refused.Why),
            UploadOutcome.Refused refused => new ApiProblem(StatusCodes.Status422UnprocessableEntity, refused.Why),
            UploadOutcome.NoRoom full => new ApiProblem(StatusCodes.Status507InsufficientStorage, full.Why),
            UploadOutcome.TooMany many => ApiProblem.TooMany(TimeSpan.FromHours(1), many.Why),
            _ => new ApiProblem(StatusCodes.Status403Forbidden, "This key may not do that."),
        };

    private static async Task<Results<Ok<ApiMedia>, ApiProblem>> GetAsync(
        [Description("The file's id.")] long id, HttpContext context, MediaFileQuery query, CancellationToken cancellationToken) =>
        await query.FindAsync(context.Actor(), id, cancellationToken) is { } file
            ? TypedResults.Ok(ApiMedia.Of(file))
            : ApiProblem.NotFound;

    private static async Task<Results<FileStreamHttpResult, ApiProblem>> GetContentAsync(
        [Description("The file's id.")] long id, HttpContext context, MediaFileQuery query, IMediaStore store, CancellationToken cancellationToken) =>
        await query.FindAsync(context.Actor(), id, cancellationToken) is { State: MediaState.Ready } file
        && store.OpenRead(file.WorkspaceId, file.Key) is { } bytes
            ? MediaAnswer.Of(context, file, bytes, isDownload: true)
            : ApiProblem.NotFound;

    private static ProducesResponseTypeMetadata Problem(int status) => new(status, typeof(ProblemDetails), [ApiProblem.MediaType]);
}
