using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>A part of a thread around a place in it, for those who come to look at something that was said long ago.</summary>
public sealed partial class ThreadQuery
{
    /// <summary>The messages around one of them, or around a moment.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="conversationId">The thread.</param>
    /// <param name="messageId">The message; null for a moment.</param>
    /// <param name="at">The moment, if no message is named (UTC).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null if the reader may not see the thread, or the message is not in it.</returns>
    public async Task<MessagesAround?> AroundAsync(
        Actor actor, long conversationId, long? messageId, DateTimeOffset at = default, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        if (!await MaySeeAsync(db, actor, conversationId, cancellationToken))
        {
            return null;
        }

        var place = messageId is null ? new ThreadCursor(at, long.MaxValue) : await db.Set<Message>()
            .Where(m => m.Id == messageId && m.ConversationId == conversationId)
            .Select(m => new ThreadCursor(m.SaidAt, m.Sequence)).SingleOrDefaultAsync(cancellationToken);
        if (place is null)
        {
            return null;
        }

        // The place itself is among the older ones.
        var older = await OlderThan(db, conversationId, place with { Sequence = place.Sequence == long.MaxValue ? long.MaxValue : place.Sequence + 1 })
            .Take((PageSize / 2) + 1).AsNoTracking().ToListAsync(cancellationToken);
        var newer = await NewerThan(db, conversationId, place).Take((PageSize / 2) + 1).AsNoTracking().ToListAsync(cancellationToken);
        List<Message> all = [.. older.Take(PageSize / 2).Reverse(), .. newer.Take(PageSize / 2)];
        return new MessagesAround(
            await BubblesAsync(db, actor, all, cancellationToken), older.Count > PageSize / 2, newer.Count > PageSize / 2, counter);
    }

    /// <summary>The messages behind a place; nothing if the reader may not see the thread.</summary>
    public async Task<NewerMessages> NewerAsync(Actor actor, long conversationId, ThreadCursor after, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        if (!await MaySeeAsync(db, actor, conversationId, cancellationToken))
        {
            return new NewerMessages([], HasNewer: false);
        }

        var newer = await NewerThan(db, conversationId, after).Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        var hasNewer = newer.Count > PageSize;
        return new NewerMessages(await BubblesAsync(db, actor, hasNewer ? newer[..PageSize] : newer, cancellationToken), hasNewer);
    }

    private static IQueryable<Message> OlderThan(WefluxDbContext db, long conversationId, ThreadCursor place)
    {
        var (at, sequence) = place;
        return db.Set<Message>().Where(m => m.ConversationId == conversationId && m.SaidAt <= at && (m.SaidAt < at || m.Sequence < sequence))
            .OrderByDescending(m => m.SaidAt).ThenByDescending(m => m.Sequence);
    }

    private static IQueryable<Message> NewerThan(WefluxDbContext db, long conversationId, ThreadCursor place)
    {
        var (at, sequence) = place;
        return db.Set<Message>().Where(m => m.ConversationId == conversationId && m.SaidAt >= at && (m.SaidAt > at || m.Sequence > sequence))
            .OrderBy(m => m.SaidAt).ThenBy(m => m.Sequence);
    }
}

/// <summary>Messages around a place, oldest first.</summary>
/// <param name="ChangeSequence">Ask for changes after this.</param>
public sealed record MessagesAround(IReadOnlyList<ThreadMessage> Messages, bool HasOlder, bool HasNewer, long ChangeSequence);

/// <summary>Newer messages, oldest first.</summary>
public sealed record NewerMessages(IReadOnlyList<ThreadMessage> Messages, bool HasNewer);
