using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Media.Fetching;

/// <summary>Somebody asks for a file again that could not be fetched. What the platform has no more is not asked for.</summary>
public sealed class FetchAgain(WefluxDatabase database, InboxBroadcaster broadcaster, MediaSignals signals, TimeProvider time)
{
    /// <returns>False if there is nothing that this person may ask for.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long messageId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return false;
        }

        var changes = await database.WriteAsync(actor.Workspace, db => AskAsync(db, actor, messageId, cancellationToken), cancellationToken);
        if (changes.Count == 0)
        {
            return false;
        }

        signals.Wake();
        await broadcaster.AnnounceAsync(actor.Workspace, changes);
        return true;
    }

    private async Task<IReadOnlyList<ConversationChange>> AskAsync(
        WefluxDbContext db, Actor actor, long messageId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var (now, oldest) = (time.GetUtcNow(), time.GetUtcNow() - FetchMedia.PlatformKeeps);
        var found = await (
            from link in db.Set<MessageFile>()
            join file in db.Set<MediaFile>() on link.FileId equals file.Id
            join message in db.Set<Message>() on link.MessageId equals message.Id
            join conversation in db.Set<Conversation>() on message.ConversationId equals conversation.Id
            where link.MessageId == messageId && file.State == MediaState.Failed && file.CreatedAt > oldest
            select new { File = file, Holding = new Holding(conversation.AssigneeId, conversation.TeamId, conversation.AskedMemberId, conversation.AskedTeamId, conversation.Participants) }).SingleOrDefaultAsync(cancellationToken);
        if (found is null || !actor.MaySee(found.Holding))
        {
            return [];
        }

        found.File.State = MediaState.Fetching;
        found.File.Tries = 0;
        found.File.Trouble = null;
        found.File.FailedAt = null;
        found.File.NextTryAt = now;
        return await MessagesOfFiles.ShowAsync(db, found.File.Id, await db.TakeSequenceAsync(1, cancellationToken), cancellationToken);
    }
}
