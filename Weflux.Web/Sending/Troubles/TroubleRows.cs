using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;

namespace Weflux.Web.Sending.Troubles;

/// <summary>Keeps the rows of messages that went wrong in step with their messages, and says whose they are.</summary>
internal static class TroubleRows
{
    /// <summary>The status of a message of ours changed. Call it in the same transaction, before it is saved.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="message">The message as it is now.</param>
    /// <param name="before">Its status until now.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task FollowAsync(
        WefluxDbContext db, Message message, DeliveryStatus before, DateTimeOffset now, long changeSequence, CancellationToken cancellationToken)
    {
        if (message.Status == before || !(before.IsTrouble() || message.Status.IsTrouble())
            || message.Origin is not (MessageOrigin.Person or MessageOrigin.Api or MessageOrigin.StopConfirmation))
        {
            return;
        }

        var id = message.Id;
        var row = before.IsTrouble() ? await db.Set<SendTrouble>().FindAsync([id], cancellationToken) : null;
        var repeats = await db.Set<Message>().Where(m => m.ResendOfId == id).ToListAsync(cancellationToken);
        if (message.Status.IsTrouble() && repeats.Count == 0)
        {
            Keep(db, message, row, now);
            if (message.AuthorId is { } author)
            {
                await NoticeBook.AddAsync(
                    db, new NoticeNews(NoticeKind.MessageFailed, author, message.ConversationId, now, changeSequence) { SubjectId = id }, cancellationToken);
            }

            return;
        }

        if (row is not null)
        {
            db.Remove(row);
        }

        // The customer has it twice, and both bubbles say so.
        repeats.ForEach(r => r.ShowAnew(changeSequence));
    }

    /// <summary>Somebody dealt with a message: it was sent again, or is left as it is.</summary>
    public static Task<int> ForgetAsync(WefluxDbContext db, long messageId, CancellationToken cancellationToken) =>
        db.Set<SendTrouble>().Where(t => t.MessageId == messageId).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Whether the actor looks after everybody's messages, also those of conversations that their authors may not see any more.</summary>
    public static bool MaySeeEverybodys(Actor actor) => actor.May(Permission.SeeAllConversations) && actor.May(Permission.WatchFloor);

    /// <summary>What lies in the actor's own lane, or in everybody's. Nothing of a conversation that the actor may not see.</summary>
    public static IQueryable<SendTrouble> Of(WefluxDbContext db, Actor actor, bool isEverybodys)
    {
        var all = db.Set<SendTrouble>();
        if (isEverybodys && MaySeeEverybodys(actor))
        {
            return all;
        }

        var me = actor.User;
        var own = all.Where(t => t.AuthorId == me);
        if (actor.May(Permission.SeeAllConversations))
        {
            return own;
        }

        var seen = db.Set<Conversation>().Where(ConversationSight.Of(db, actor));
        return own.Where(t => seen.Any(c => c.Id == t.ConversationId));
    }

    /// <summary>Those of one cause, up to the newest that the screen showed: what fails after the click is another matter.</summary>
    public static IQueryable<SendTrouble> Of(WefluxDbContext db, Actor actor, TroubleCause cause)
    {
        var (code, connectionId, newest) = (cause.Code, cause.ConnectionId, cause.NewestId);
        return Of(db, actor, cause.IsEverybodys).Where(t => t.Code == code && t.ConnectionId == connectionId && t.MessageId <= newest);
    }

    private static void Keep(WefluxDbContext db, Message message, SendTrouble? row, DateTimeOffset now)
    {
        var isFailed = message.Status == DeliveryStatus.Failed;
        var code = isFailed ? message.Fault?.Code ?? OwnFaults.UnknownReason : OwnFaults.NotConfirmed;
        var since = isFailed ? message.StatusAt ?? now : now;
        if (row is not null)
        {
            (row.Code, row.Since) = (code, since);
            return;
        }

        db.Add(new SendTrouble
        {
            MessageId = message.Id,
            WorkspaceId = message.WorkspaceId,
            ConversationId = message.ConversationId,
            ConnectionId = message.ConnectionId,
            AuthorId = message.AuthorId,
            Code = code,
            Since = since,
        });
    }
}

/// <summary>One cause as a screen shows it.</summary>
/// <param name="Code">The platform's code, or one of our own.</param>
/// <param name="ConnectionId">The number.</param>
/// <param name="IsEverybodys">Whether the messages of everybody are meant, or only those of whoever acts.</param>
/// <param name="NewestId">The newest message that the screen knew.</param>
public sealed record TroubleCause(int Code, long ConnectionId, bool IsEverybodys, long NewestId);
