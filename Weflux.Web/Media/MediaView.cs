using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Data;

namespace Weflux.Web.Media;

/// <summary>A file as a screen shows it.</summary>
/// <param name="IsShowable">Whether a browser may show or play it in place.</param>
/// <param name="IsRisky">Whether opening it may run something.</param>
/// <param name="Trouble">Why it is not here; null if it is or may come yet.</param>
public sealed record MediaView(
    long FileId,
    MediaState State,
    MediaKind Kind,
    string MimeType,
    long Size,
    string? FileName,
    int? Width,
    int? Height,
    bool HasThumbnail,
    bool IsShowable,
    bool IsRisky,
    string? Trouble)
{
    /// <summary>A picture that is here and not drawn yet is shown as one that is coming, so that nothing jumps.</summary>
    internal static MediaView Of(MediaFile file) => new(
        file.Id,
        file is { State: MediaState.Ready, NextTryAt: not null } ? MediaState.Fetching : file.State,
        file.Kind,
        file.MimeType,
        file.Size,
        file.FileName,
        file.Width,
        file.Height,
        file.HasThumbnail,
        file.IsShowable,
        file.IsRisky,
        file.Trouble);
}

/// <summary>Files of messages that somebody may see.</summary>
internal static class MediaViews
{
    /// <summary>The files by message.</summary>
    public static async Task<ILookup<long, MediaView>> ReadAsync(
        WefluxDbContext db, IEnumerable<Message> messages, CancellationToken cancellationToken)
    {
        var ids = messages.Where(m => MediaLimits.FilesOf(m.Content).Count > 0).Select(m => m.Id).ToList();
        if (ids.Count == 0)
        {
            return Enumerable.Empty<MediaView>().ToLookup(_ => 0L);
        }

        var found = await (
            from link in db.Set<MessageFile>()
            join file in db.Set<MediaFile>() on link.FileId equals file.Id
            where ids.Contains(link.MessageId)
            select new { link.MessageId, File = file }).AsNoTracking().ToListAsync(cancellationToken);
        return found.ToLookup(f => f.MessageId, f => MediaView.Of(f.File));
    }
}
