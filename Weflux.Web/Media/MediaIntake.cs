using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Media.Reading;

namespace Weflux.Web.Media;

/// <summary>A file in the store, looked into.</summary>
internal sealed record Taken(StoredBytes Stored, FileReport Report, bool HasThumbnail, bool IsShowable);

/// <summary>Stores bytes, whoever they come from, and finds out what they are.</summary>
public sealed class MediaIntake(IMediaStore store, Thumbnails thumbnails)
{
    /// <exception cref="FileTooLargeException">More came than may be stored.</exception>
    internal async Task<Taken> TakeAsync(WorkspaceId workspace, Guid key, Stream source, CancellationToken cancellationToken)
    {
        var stored = await store.WriteAsync(workspace, key, source, MediaLimits.LargestOfAll, cancellationToken);
        await using var file = store.OpenRead(workspace, key) ?? throw new IOException("What was stored is not there.");
        var report = FileProbe.Read(file);
        var isShowable = IsPlayed(report);
        var thumbnail = report.IsHostile ? null : await thumbnails.MakeAsync(file, report.Facts, cancellationToken);
        if (thumbnail is not null)
        {
            await store.WriteThumbnailAsync(workspace, key, thumbnail.Bytes, cancellationToken);
            isShowable = true;
            if (thumbnail.IsTurned)
            {
                // Browsers draw the picture upright, so its room is as wide as it is seen.
                report = report with { Facts = report.Facts with { Width = report.Facts.Height, Height = report.Facts.Width } };
            }
        }

        return new Taken(stored, report, thumbnail is not null, isShowable);
    }

    /// <summary>Sounds and films are shown by their type; a picture only once it was decoded.</summary>
    private static bool IsPlayed(FileReport report) =>
        report is { IsHostile: false, IsRisky: false }
        && report.Facts.MimeType is "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" or "video/mp4" or "video/3gpp";
}
