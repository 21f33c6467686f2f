using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Media.Reading;

namespace Weflux.Web.Media;

/// <summary>A file in the store, looked into.</summary>
internal sealed record Taken(StoredBytes Stored, FileReport Report, bool IsShowable, Drawing? Drawing = null)
{
    public bool HasThumbnail => Drawing?.Picture is not null;
}

/// <summary>The disk is nearly full, and the database needs what is left.</summary>
public sealed class NoRoomException() : IOException("There is too little room left for files.");

/// <summary>Stores bytes, whoever they come from, and finds out what they are.</summary>
public sealed class MediaIntake(IMediaStore store, Thumbnails thumbnails)
{
    /// <summary>What is left for everything else beside the largest file.</summary>
    private const long Reserve = 256L * 1024 * 1024;

    /// <summary>Stores a file and reads its headers. A picture is drawn later.</summary>
    /// <exception cref="FileTooLargeException">More came than may be stored.</exception>
    /// <exception cref="NoRoomException">Nothing was stored: the disk is nearly full.</exception>
    internal async Task<Taken> StoreAsync(WorkspaceId workspace, Guid key, Stream source, CancellationToken cancellationToken)
    {
        if (store.Free() < Reserve + MediaLimits.LargestOfAll)
        {
            throw new NoRoomException();
        }

        var stored = await store.WriteAsync(workspace, key, source, MediaLimits.LargestOfAll, cancellationToken);
        await using var file = store.OpenRead(workspace, key) ?? throw new IOException("What was stored is not there.");
        var report = FileProbe.Read(file);
        return new Taken(stored, report, IsPlayed(report));
    }

    /// <summary>Draws the small picture of a stored file, and stores it if there is one.</summary>
    /// <param name="workspace">Whose it is.</param>
    /// <param name="key">Its name in the store.</param>
    /// <param name="facts">What its headers say.</param>
    /// <param name="patience">How long it may wait for its turn.</param>
    internal async Task<Drawing> DrawAsync(WorkspaceId workspace, Guid key, MediaFacts facts, TimeSpan patience, CancellationToken cancellationToken)
    {
        var drawing = await thumbnails.DrawAsync(workspace, () => store.OpenRead(workspace, key), facts, patience, cancellationToken);
        if (drawing.Picture is { } picture)
        {
            await store.WriteThumbnailAsync(workspace, key, picture, cancellationToken);
        }

        return drawing;
    }

    /// <summary>Sounds and films are shown by their type; a picture only once it was decoded.</summary>
    private static bool IsPlayed(FileReport report) =>
        report is { IsHostile: false, IsRisky: false }
        && report.Facts.MimeType is "audio/aac" or "audio/amr" or "audio/mpeg" or "audio/mp4" or "audio/ogg" or "video/mp4" or "video/3gpp";
}
