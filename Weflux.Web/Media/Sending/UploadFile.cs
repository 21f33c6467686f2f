using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;

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

    /// <summary>Too much of this person's waits to be sent already.</summary>
    public sealed record TooMany(string Why) : UploadOutcome;

    /// <summary>This person or key may not.</summary>
    public sealed record Forbidden : UploadOutcome;
}

/// <summary>
/// Somebody puts a file here in order to send it. What it is, is told from its bytes; what WhatsApp would refuse, or what
/// is two things at once, is not kept.
/// </summary>
public sealed class UploadFile(WefluxDatabase database, MediaIntake intake, IMediaStore store, VoiceNotes voiceNotes, TimeProvider time)
{
    /// <summary>How long a file waits to be sent.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(24);

    private const int MostWaiting = 100;
    private const long MostBytesWaiting = 1024L * 1024 * 1024;

    /// <param name="actor">Who puts it here.</param>
    /// <param name="source">Its bytes, read once.</param>
    /// <param name="fileName">Its name as given; null if it has none.</param>
    /// <param name="kind">As what it will be sent; null to decide by what it is.</param>
    public async Task<UploadOutcome> ExecuteAsync(
        Actor actor, Stream source, string? fileName, MediaKind? kind, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.UploadFiles))
        {
            return new UploadOutcome.Forbidden();
        }

        if (await IsFullAsync(actor, cancellationToken))
        {
            return new UploadOutcome.TooMany("Too many of your files wait to be sent. Send or remove some of them first.");
        }

        var key = Guid.NewGuid();
        var isKept = false;
        try
        {
            var taken = await intake.TakeAsync(actor.Workspace, key, source, cancellationToken);
            if (kind == MediaKind.Voice && VoiceNotes.CanBeMade(taken.Report.Facts.MimeType))
            {
                var made = await voiceNotes.ReplaceAsync(actor.Workspace, key, cancellationToken);
                (taken, kind) = made is null ? (taken, MediaKind.Audio) : (made, MediaKind.Voice);
            }

            if (Refuse(taken, kind ?? MediaLimits.KindOf(taken.Report.Facts.MimeType)) is { } refusal)
            {
                return refusal;
            }

            var file = await StoreAsync(actor, key, taken, fileName, kind, cancellationToken);
            isKept = true;
            return new UploadOutcome.Stored(file);
        }
        catch (FileTooLargeException)
        {
            return new UploadOutcome.Refused($"WhatsApp takes files up to {MediaWords.Size(MediaLimits.LargestOfAll)}.", IsTooLarge: true);
        }
        finally
        {
            if (!isKept)
            {
                store.Delete(actor.Workspace, key);
            }
        }
    }

    private static UploadOutcome.Refused? Refuse(Taken taken, MediaKind? kind)
    {
        var facts = taken.Report.Facts with { Size = taken.Stored.Size };
        if (taken.Report.IsHostile)
        {
            return new UploadOutcome.Refused("This file is more than one thing at once, or built to do harm. It is not sent.");
        }

        var chosen = kind ?? MediaKind.Document;
        if (MediaLimits.Check(chosen, facts) is { } refusal)
        {
            return new UploadOutcome.Refused(MediaWords.Explain(refusal, chosen, facts), refusal == MediaRefusal.TooLarge);
        }

        // A header can promise a picture; only one that was decoded is one.
        return chosen is MediaKind.Image or MediaKind.Sticker && !taken.HasThumbnail
            ? new UploadOutcome.Refused("The picture is damaged. Save it anew and try again.")
            : null;
    }

    private async Task<bool> IsFullAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        var (person, key, since) = (actor.Key is null ? actor.User : (UserId?)null, actor.Key?.Id.Value, time.GetUtcNow() - Waits);
        var waiting = await db.Set<MediaFile>()
            .Where(f => f.UploadedBy == person && f.ApiKeyId == key && f.ConnectionId == null && f.CreatedAt > since
                && !db.Set<MessageFile>().Any(l => l.FileId == f.Id))
            .Select(f => f.Size).ToListAsync(cancellationToken);
        return waiting.Count >= MostWaiting || waiting.Sum() >= MostBytesWaiting;
    }

    private Task<MediaFile> StoreAsync(Actor actor, Guid key, Taken taken, string? fileName, MediaKind? kind, CancellationToken cancellationToken)
    {
        var facts = taken.Report.Facts;
        var chosen = kind ?? MediaLimits.KindOf(facts.MimeType)!.Value;
        return database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var file = new MediaFile
                {
                    WorkspaceId = actor.Workspace,
                    Key = key,
                    Kind = chosen,
                    State = MediaState.Ready,
                    CreatedAt = time.GetUtcNow(),
                    UploadedBy = actor.Key is null ? actor.User : null,
                    ApiKeyId = actor.Key?.Id.Value,
                    FileName = FileNames.Fit(fileName, facts.MimeType, MediaWords.Fallback(chosen)),
                    MimeType = facts.MimeType,
                    Size = taken.Stored.Size,
                    Hash = taken.Stored.Hash,
                    Width = facts.Width,
                    Height = facts.Height,
                    IsAnimated = facts.IsAnimated,
                    HasThumbnail = taken.HasThumbnail,
                    IsShowable = taken.IsShowable,
                };
                db.Add(file);
                await db.SaveChangesAsync(cancellationToken);
                return file;
            },
            cancellationToken);
    }
}
