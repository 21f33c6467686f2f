using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Media;

namespace Weflux.Web.Scheduling;

/// <summary>What a cancelled message said, to go back to where it was written.</summary>
/// <param name="Content">What it said.</param>
/// <param name="Files">Its files, which are kept for a day.</param>
public sealed record CancelledWords(MessageContent Content, IReadOnlyList<MediaView> Files);

/// <summary>
/// A person takes a scheduled message back, or throws it away. Taken back, its words become its author's draft again, if
/// nothing else is typed there; thrown away, nothing of it stays.
/// </summary>
public sealed class CancelScheduled(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time)
{
    /// <param name="actor">Who does it.</param>
    /// <param name="id">The scheduled message.</param>
    /// <param name="throwsAway">Whether nothing of it is wanted any more.</param>
    /// <returns>What it said; null if there is none for this person, or it has gone out or been taken back meanwhile.</returns>
    public async Task<CancelledWords?> ExecuteAsync(Actor actor, long id, bool throwsAway, CancellationToken cancellationToken = default)
    {
        var (words, change) = await database.WriteAsync(
            actor.Workspace, db => RemoveAsync(db, actor, id, throwsAway, cancellationToken), cancellationToken);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }

        return words;
    }

    private async Task<(CancelledWords? Words, ConversationChange? Change)> RemoveAsync(
        WefluxDbContext db, Actor actor, long id, bool throwsAway, CancellationToken cancellationToken)
    {
        if (await ScheduledAccess.FindAsync(db, actor, id, cancellationToken) is not var (scheduled, conversation))
        {
            return (null, null);
        }

        var now = time.GetUtcNow();
        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var files = await (
            from link in db.Set<ScheduledFile>()
            join file in db.Set<MediaFile>() on link.FileId equals file.Id
            where link.ScheduledId == id
            select file).AsNoTracking().ToListAsync(cancellationToken);
        scheduled.Cancel(now, sequence);
        conversation.ShowScheduled();
        if (throwsAway)
        {
            db.Remove(scheduled);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (!throwsAway && scheduled.Content is TextContent { Body: { } body })
        {
            await DraftWords.PutBackAsync(db, actor.Workspace, scheduled.ConversationId, scheduled.AuthorId, body, now, cancellationToken);
        }

        return (new CancelledWords(scheduled.Content, [.. files.Select(MediaView.Of)]), ConversationChange.Of(conversation));
    }
}
