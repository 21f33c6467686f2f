using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Media.Fetching;

/// <summary>
/// Draws the small pictures of what customers sent, after the file is here, so that a picture that is hard to decode holds
/// nothing but itself.
/// </summary>
public sealed partial class PictureDrawer(
    WefluxDatabase database,
    MediaIntake intake,
    InboxBroadcaster broadcaster,
    MediaSignals signals,
    TimeProvider time,
    ILogger<PictureDrawer> logger)
    : FileWorker(new FileClaims(database, time, MediaState.Ready, Claim, mostOfOne: 1), MostAtOnce)
{
    private const int MostAtOnce = 4;

    /// <summary>A picture that ended the program as often as this is not tried again.</summary>
    private const int MostTries = 2;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Draws one picture for whoever claimed it.</summary>
    public async Task DrawAsync(FileClaim claim, CancellationToken cancellationToken)
    {
        if (await BeginAsync(claim, cancellationToken) is not { } file)
        {
            return;
        }

        var drawing = file.DrawTries > MostTries
            ? new Drawing(null, DrawingEnd.TooCostly)
            : await TryAsync(file, cancellationToken);
        var (id, nonce, isDrawn) = (claim.FileId, claim.Nonce, drawing.Picture is not null);
        var changes = await database.WriteAsync(
            claim.Workspace,
            async db =>
            {
                var sequence = await db.TakeSequenceAsync(1, cancellationToken);
                if (await db.Set<MediaFile>().SingleOrDefaultAsync(f => f.Id == id && f.Claim == nonce, cancellationToken) is not { } row)
                {
                    return null;
                }

                if (drawing.IsTurned)
                {
                    (row.Width, row.Height) = (row.Height, row.Width);
                }

                (row.HasThumbnail, row.IsShowable, row.NextTryAt, row.Claim) = (isDrawn, row.IsShowable || isDrawn, null, null);
                return await MessagesOfFiles.ShowAsync(db, id, sequence, cancellationToken);
            },
            cancellationToken);
        await broadcaster.AnnounceAsync(claim.Workspace, changes ?? []);
    }

    private protected override Task WaitAsync(TimeSpan most, CancellationToken cancellationToken) => signals.WaitForPictureAsync(most, cancellationToken);

    private protected override void Wake() => signals.WakeDrawer();

    private protected override Task WorkAsync(FileClaim claim, CancellationToken cancellationToken) => DrawAsync(claim, cancellationToken);

    private protected override void OnClaimFailed(string fault) => ClaimFailed(fault);

    private protected override void OnWorkFailed(long file, string fault) => NotDrawn(file, fault);

    /// <summary>Counts the try before it is made.</summary>
    private async Task<MediaFile?> BeginAsync(FileClaim claim, CancellationToken cancellationToken)
    {
        var (id, nonce) = (claim.FileId, claim.Nonce);
        return await database.WriteAsync(
            claim.Workspace,
            async db =>
            {
                var row = await db.Set<MediaFile>().SingleOrDefaultAsync(f => f.Id == id && f.Claim == nonce && f.State == MediaState.Ready, cancellationToken);
                if (row is not null)
                {
                    row.DrawTries++;
                    await db.SaveChangesAsync(cancellationToken);
                }

                return row;
            },
            cancellationToken);
    }

    private async Task<Drawing> TryAsync(MediaFile file, CancellationToken cancellationToken)
    {
        var facts = new MediaFacts(file.MimeType, file.Size) { Width = file.Width, Height = file.Height, IsAnimated = file.IsAnimated };
        try
        {
            return await intake.DrawAsync(file.WorkspaceId, file.Key, facts, Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotDrawn(file.Id, exception.GetType().Name);
            return new Drawing(null, DrawingEnd.Damaged);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Pictures that are due could not be found out ({Fault}); the next beat tries again")]
    private partial void ClaimFailed(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The small picture of file {File} could not be drawn ({Fault})")]
    private partial void NotDrawn(long file, string fault);
}
