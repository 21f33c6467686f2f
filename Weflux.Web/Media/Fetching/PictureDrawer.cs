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
    ILogger<PictureDrawer> logger) : BackgroundService
{
    private const int MostAtOnce = 4;

    /// <summary>A picture that ended the program as often as this is not tried again.</summary>
    private const int MostTries = 2;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);
    private readonly FileClaims _claims = new(database, time, MediaState.Ready, Claim, mostOfOne: 1);

    /// <summary>Claims pictures that are due.</summary>
    public Task<IReadOnlyList<FileClaim>> ClaimAsync(int room, CancellationToken cancellationToken) => _claims.TakeAsync(room, cancellationToken);

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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                running.RemoveAll(task => task.IsCompleted);
                var started = await StartAsync(running, stoppingToken);
                if (!started || running.Count >= MostAtOnce)
                {
                    await signals.WaitForPictureAsync(Nap, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<bool> StartAsync(List<Task> running, CancellationToken stoppingToken)
    {
        try
        {
            var due = running.Count >= MostAtOnce ? [] : await ClaimAsync(MostAtOnce - running.Count, stoppingToken);
            running.AddRange(due.Select(claim => Task.Run(() => RunAsync(claim, stoppingToken), CancellationToken.None)));
            return due.Count > 0;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Failed(exception.GetType().Name);
            return false;
        }
    }

    private async Task RunAsync(FileClaim claim, CancellationToken stoppingToken)
    {
        try
        {
            await DrawAsync(claim, stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            // It is due again when its claim has run out.
            NotDrawn(claim.FileId, exception.GetType().Name);
        }
        finally
        {
            _claims.LetGo(claim);
            signals.WakeDrawer();
        }
    }

    private async Task GiveBackAsync(FileClaim claim)
    {
        try
        {
            await _claims.GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            NotDrawn(claim.FileId, exception.GetType().Name);
        }
    }

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
    private partial void Failed(string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The small picture of file {File} could not be drawn ({Fault})")]
    private partial void NotDrawn(long file, string fault);
}
