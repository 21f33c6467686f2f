using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Weflux.Domain.Team;
using Weflux.Web.Media.Sending;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Media;

/// <summary>What the answer to an upload says.</summary>
public sealed record UploadedFile(long Id, string Kind, string MimeType, long Size, string? FileName, int? Width, int? Height)
{
    internal static UploadedFile Of(MediaFile file) =>
        new(file.Id, MediaWords.Spell(file.Kind), file.MimeType, file.Size, file.FileName, file.Width, file.Height);
}

/// <summary>The addresses of files. For strangers, with or without a session, there is nothing at any of them.</summary>
internal static class MediaEndpoints
{
    private const string TokenHeader = "RequestVerificationToken";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var files = endpoints.MapGroup("/w/{workspace}/media").AllowAnonymous().WithMetadata(new SkipStatusCodePagesAttribute());
        files.MapGet("/{file:long}", GetAsync);
        files.MapGet("/{file:long}/thumbnail", GetThumbnailAsync);
        files.MapPost("/", PostAsync).DisableAntiforgery();
        files.MapDelete("/{file:long}", DeleteAsync).DisableAntiforgery();
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> GetAsync(
        string workspace, long file, bool? download, HttpContext http, Actors actors, MediaFileQuery query, IMediaStore store)
    {
        return await FindAsync(workspace, file, http, actors, query) is { } found && store.OpenRead(found.WorkspaceId, found.Key) is { } bytes
            ? MediaAnswer.Of(http, found, bytes, download == true)
            : TypedResults.NotFound();
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> GetThumbnailAsync(
        string workspace, long file, HttpContext http, Actors actors, MediaFileQuery query, IMediaStore store)
    {
        return await FindAsync(workspace, file, http, actors, query) is { HasThumbnail: true } found
            && store.OpenThumbnail(found.WorkspaceId, found.Key) is { } bytes
                ? MediaAnswer.OfThumbnail(http, found, bytes)
                : TypedResults.NotFound();
    }

    private static async Task<Results<Created<UploadedFile>, NotFound, ProblemHttpResult>> PostAsync(
        string workspace, HttpContext http, Actors actors, UploadFile upload, IAntiforgery antiforgery)
    {
        if (await ActorAsync(http.User, workspace, actors, http.RequestAborted) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        // Looked at before the form is read: a token inside it would mean to take the file first.
        if (!http.Request.Headers.ContainsKey(TokenHeader) || !await antiforgery.IsRequestValidAsync(http))
        {
            return Problem(StatusCodes.Status403Forbidden, "This page is out of date. Load it again and attach the file once more.");
        }

        return await UploadRequest.TakeAsync(http, actor, upload, http.RequestAborted) switch
        {
            UploadOutcome.Stored stored => TypedResults.Created($"/w/{workspace}/media/{stored.File.Id}", UploadedFile.Of(stored.File)),
            UploadOutcome.Refused { IsTooLarge: true } refused => Problem(StatusCodes.Status413PayloadTooLarge, refused.Why),
            UploadOutcome.Refused refused => Problem(StatusCodes.Status422UnprocessableEntity, refused.Why),
            UploadOutcome.NoRoom full => Problem(StatusCodes.Status507InsufficientStorage, full.Why),
            UploadOutcome.TooMany many => Problem(StatusCodes.Status429TooManyRequests, many.Why),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> DeleteAsync(
        string workspace, long file, HttpContext http, Actors actors, RemoveUpload remove, IAntiforgery antiforgery)
    {
        if (await ActorAsync(http.User, workspace, actors, http.RequestAborted) is not { } actor)
        {
            return TypedResults.NotFound();
        }

        if (!http.Request.Headers.ContainsKey(TokenHeader) || !await antiforgery.IsRequestValidAsync(http))
        {
            return Problem(StatusCodes.Status403Forbidden, "This page is out of date. Load it again.");
        }

        return await remove.ExecuteAsync(actor, file, http.RequestAborted) ? TypedResults.NoContent() : TypedResults.NotFound();
    }

    private static async Task<MediaFile?> FindAsync(string workspace, long file, HttpContext http, Actors actors, MediaFileQuery query) =>
        await ActorAsync(http.User, workspace, actors, http.RequestAborted) is { } actor
        && await query.FindAsync(actor, file, http.RequestAborted) is { State: MediaState.Ready } found
            ? found
            : null;

    private static async Task<Actor?> ActorAsync(ClaimsPrincipal principal, string workspace, Actors actors, CancellationToken cancellationToken) =>
        principal.UserId() is { } user ? await actors.FindAsync(user, workspace, cancellationToken) : null;

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
