using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Media.Sending;

/// <summary>What became of an upload: a closed family.</summary>
public abstract record UploadOutcome
{
    private UploadOutcome()
    {
    }

    /// <summary>It is here and can be sent by whoever put it here.</summary>
    public sealed record Stored(MediaFile File) : UploadOutcome;

    /// <summary>It cannot be sent, for this reason.</summary>
    public sealed record Refused(string Why, bool IsTooLarge = false) : UploadOutcome;

    /// <summary>Too much of this person's waits to be sent already, or too much is going on.</summary>
    public sealed record TooMany(string Why) : UploadOutcome;

    /// <summary>There is no room left for files.</summary>
    public sealed record NoRoom(string Why) : UploadOutcome;

    /// <summary>This person or key may not.</summary>
    public sealed record Forbidden : UploadOutcome;
}

/// <summary>
/// Somebody puts a file here in order to send it. What it is, is told from its bytes; what WhatsApp would refuse, or what
/// is two things at once, is not kept.
/// </summary>
public sealed class UploadFile(
    WefluxDatabase database, MediaIntake intake, IMediaStore store, VoiceNotes voiceNotes, UploadTurns turns, TimeProvider time)
{
    /// <summary>How long a file waits to be sent.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(24);

    private const int MostWaiting = 100;
    private const long MostBytesWaiting = 1024L * 1024 * 1024;

    /// <summary>How long a picture waits to be looked into.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly UploadOutcome.TooMany Full = new("Too many of your files wait to be sent. Send or remove some of them first.");

    /// <param name="actor">Who puts it here.</param>
    /// <param name="source">Its bytes, read once.</param>
    /// <param name="fileName">Its name as given; null if it has none.</param>
    /// <param name="kind">As what it will be sent; null to decide by what it is.</param>
    /// <param name="kindBehindAsync">Reads the kind where it is only said behind the bytes; null if nothing is said there.</param>
    public async Task<UploadOutcome> ExecuteAsync(
        Actor actor,
        Stream source,
        string? fileName,
        MediaKind? kind,
        Func<CancellationToken, Task<string?>>? kindBehindAsync = null,
        CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.UploadFiles))
        {
            return new UploadOutcome.Forbidden();
        }

        using var turn = await turns.EnterAsync(actor, cancellationToken);
        if (turn is null)
        {
            return new UploadOutcome.TooMany("Too many uploads of yours are going on. Try again in a minute.");
        }

        if (await BarAsync(actor, cancellationToken) is { } barred)
        {
            return barred;
        }

        var key = Guid.NewGuid();
        UploadOutcome? outcome = null;
        try
        {
            return outcome = await TakeAsync(actor, key, new Upload(source, fileName, kind, kindBehindAsync), cancellationToken);
        }
        catch (FileTooLargeException)
        {
            return new UploadOutcome.Refused($"WhatsApp takes files up to {MediaWords.Size(MediaLimits.LargestOfAll)}.", IsTooLarge: true);
        }
        catch (NoRoomException)
        {
            return new UploadOutcome.NoRoom("There is no room left for files. Tell whoever runs Weflux.");
        }
        finally
        {
            if (outcome is not UploadOutcome.Stored)
            {
                store.Delete(actor.Workspace, key);
            }
        }
    }

    private async Task<UploadOutcome> TakeAsync(Actor actor, Guid key, Upload upload, CancellationToken cancellationToken)
    {
        var taken = await intake.StoreAsync(actor.Workspace, key, upload.Source, cancellationToken);
        var kind = upload.Kind;
        if (kind is null && upload.KindBehindAsync is { } readAsync && await readAsync(cancellationToken) is { } word)
        {
            kind = MediaWords.Read(word);
            if (kind is null)
            {
                return new UploadOutcome.Refused(MediaWords.Kinds);
            }
        }

        if (kind == MediaKind.Voice && !taken.Report.IsHostile && VoiceNotes.CanBeMade(taken.Report.Facts.MimeType))
        {
            if (taken.Stored.Size > MediaLimits.Largest(MediaKind.Voice))
            {
                return new UploadOutcome.Refused(
                    MediaWords.Explain(MediaRefusal.TooLarge, MediaKind.Voice, taken.Report.Facts with { Size = taken.Stored.Size }), IsTooLarge: true);
            }

            var made = await voiceNotes.ReplaceAsync(actor.Workspace, key, cancellationToken);
            (taken, kind) = made is null ? (taken, MediaKind.Audio) : (made, MediaKind.Voice);
        }

        if (Refuse(taken, kind) is { } refusal)
        {
            return refusal;
        }

        if (Thumbnails.MayDraw(taken.Report))
        {
            var drawing = await intake.DrawAsync(actor.Workspace, key, taken.Report.Facts, Patience, cancellationToken);
            var facts = taken.Report.Facts;
            var seen = drawing.IsTurned ? facts with { Width = facts.Height, Height = facts.Width } : facts;
            taken = taken with { Report = taken.Report with { Facts = seen }, Drawing = drawing, IsShowable = taken.IsShowable || drawing.Picture is not null };
        }

        var chosen = kind ?? MediaLimits.KindOf(taken.Report.Facts.MimeType)!.Value;
        return RefuseDrawing(taken, chosen) ?? await StoreAsync(actor, key, taken, upload.FileName, chosen, cancellationToken);
    }

    private static UploadOutcome.Refused? Refuse(Taken taken, MediaKind? wanted)
    {
        var facts = taken.Report.Facts with { Size = taken.Stored.Size };
        if (taken.Report.IsHostile)
        {
            return new UploadOutcome.Refused("This file is more than one thing at once, or built to do harm. It is not sent.");
        }

        var chosen = wanted ?? MediaLimits.KindOf(facts.MimeType) ?? MediaKind.Document;
        return MediaLimits.Check(chosen, facts) is { } refusal
            ? new UploadOutcome.Refused(MediaWords.Explain(refusal, chosen, facts, wanted is not null), refusal == MediaRefusal.TooLarge)
            : null;
    }

    /// <summary>A header can promise a picture; only one that was decoded is one.</summary>
    private static UploadOutcome? RefuseDrawing(Taken taken, MediaKind kind) =>
        kind is not (MediaKind.Image or MediaKind.Sticker) || taken.HasThumbnail ? null : taken.Drawing?.End switch
        {
            DrawingEnd.Busy => new UploadOutcome.TooMany("Many pictures are being looked into right now. Try again in a minute."),
            DrawingEnd.NoLibrary => new UploadOutcome.Refused("Pictures cannot be looked into on this server, so it sends none. Tell whoever runs Weflux."),
            DrawingEnd.TooLarge or DrawingEnd.TooCostly => new UploadOutcome.Refused(
                "The picture is too large to be looked into. Make it smaller, or save it as an ordinary JPEG, and try again."),
            _ => new UploadOutcome.Refused("The picture is damaged. Save it anew and try again."),
        };

    /// <summary>Why nothing is taken at all; null if something is.</summary>
    private async Task<UploadOutcome?> BarAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return !await db.IsStillThereAsync(actor.Workspace, cancellationToken) ? new UploadOutcome.Forbidden()
            : await IsFullAsync(db, actor, 0, cancellationToken) ? Full
            : null;
    }

    private async Task<bool> IsFullAsync(WefluxDbContext db, Actor actor, long more, CancellationToken cancellationToken)
    {
        var (person, key, since) = (actor.Key is null ? actor.User : (UserId?)null, actor.Key?.Id.Value, time.GetUtcNow() - Waits);
        var waiting = await db.Set<MediaFile>()
            .Where(f => f.UploadedBy == person && f.ApiKeyId == key && f.ConnectionId == null && f.CreatedAt > since
                && !db.Set<MessageFile>().Any(l => l.FileId == f.Id) && !db.Set<ScheduledFile>().Any(l => l.FileId == f.Id)
                && !db.Set<ReplyFile>().Any(l => l.FileId == f.Id) && !db.Set<NoteFile>().Any(l => l.FileId == f.Id))
            .Select(f => f.Size).ToListAsync(cancellationToken);
        return waiting.Count >= MostWaiting || waiting.Sum() + more > MostBytesWaiting;
    }

    /// <summary>Counted once more under the lock, because others were taken meanwhile.</summary>
    private Task<UploadOutcome> StoreAsync(Actor actor, Guid key, Taken taken, string? fileName, MediaKind kind, CancellationToken cancellationToken) =>
        database.WriteAsync<UploadOutcome>(
            actor.Workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.IsStillThereAsync(actor.Workspace, cancellationToken))
                {
                    return new UploadOutcome.Forbidden();
                }

                if (await IsFullAsync(db, actor, taken.Stored.Size, cancellationToken))
                {
                    return Full;
                }

                var file = Row(actor, key, taken, fileName, kind);
                db.Add(file);
                await db.SaveChangesAsync(cancellationToken);
                return new UploadOutcome.Stored(file);
            },
            cancellationToken);

    private MediaFile Row(Actor actor, Guid key, Taken taken, string? fileName, MediaKind kind)
    {
        var facts = taken.Report.Facts;
        return new MediaFile
        {
            WorkspaceId = actor.Workspace,
            Key = key,
            Kind = kind,
            State = MediaState.Ready,
            CreatedAt = time.GetUtcNow(),
            UploadedBy = actor.Key is null ? actor.User : null,
            ApiKeyId = actor.Key?.Id.Value,
            FileName = FileNames.Fit(fileName, facts.MimeType, MediaWords.Fallback(kind)),
            MimeType = facts.MimeType,
            Size = taken.Stored.Size,
            Hash = taken.Stored.Hash,
            Width = facts.Width,
            Height = facts.Height,
            IsAnimated = facts.IsAnimated,
            HasThumbnail = taken.HasThumbnail,
            IsShowable = taken.IsShowable,
        };
    }

    private sealed record Upload(Stream Source, string? FileName, MediaKind? Kind, Func<CancellationToken, Task<string?>>? KindBehindAsync);
}
