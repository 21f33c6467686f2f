using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Notices;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Notices;

/// <summary>
/// What a person is told of, read together with what it tells of: a notice never says more than holds good now and than
/// the person may see now.
/// </summary>
public sealed class NoticesQuery(WefluxDatabase database, TimeProvider time)
{
    /// <summary>How many conversations that nobody holds are counted.</summary>
    public const int MostWaiting = 99;

    /// <returns>The board; null if the actor is nobody who works here.</returns>
    public async Task<NoticeBoard?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations) || actor.Key is not null)
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var (me, here) = (actor.User, actor.Workspace);
        var preferences = await db.Set<WefluxUser>().Where(u => u.Id == me.Value).Select(u => u.Preferences).SingleAsync(cancellationToken);
        var isForbidden = await db.Set<Workspace>().Where(w => w.Id == here).Select(w => w.ForbidsNoticeText).SingleAsync(cancellationToken);
        var reader = new NoticeReading(actor, preferences, preferences.ShowText && !isForbidden, time.GetUtcNow());
        var own = await db.Set<Notice>().AsNoTracking().Where(n => n.UserId == me).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(Notice.Kept)
            .ToListAsync(cancellationToken);
        var facts = await NoticeFacts.ReadAsync(db, me, own.FindAll(n => preferences.WaysOf(n.Kind) != NoticeWays.None), cancellationToken);
        var waiting = await WaitingAsync(db, actor, preferences, cancellationToken);
        var lines = facts.Notices.Select(n => reader.LineOf(n, facts)).OfType<NoticeLine>();
        if (waiting.Count > 0)
        {
            var only = waiting is [var one] ? await SharedRows.Select(db, db.Set<Conversation>().Where(c => c.Id == one.ConversationId)).AsNoTracking()
                .Select(f => f.Contact).SingleAsync(cancellationToken) : null;
            lines = lines.Append(reader.LineOf(waiting, only, await ReadUpToAsync(db, me, cancellationToken)));
        }

        return new NoticeBoard(
            [.. lines.OrderByDescending(l => l.At).ThenByDescending(l => l.Sequence).Take(Notice.Kept)],
            facts.Notices.Select(n => n.ConversationId).Concat(waiting.Select(w => w.ConversationId)).ToHashSet(),
            counter,
            preferences,
            reader.ShowsText);
    }

    /// <summary>Customers who wait and whom nobody holds, the latest first, if the reader may see them and wants to be told.</summary>
    private static async Task<List<WaitingCustomer>> WaitingAsync(
        WefluxDbContext db, Actor actor, PersonPreferences preferences, CancellationToken cancellationToken)
    {
        if (!actor.SeesUnassigned || preferences.WaysOf(NoticeKind.Waiting) == NoticeWays.None)
        {
            return [];
        }

        var (me, seesAll, teams) = (actor.User, actor.May(Permission.SeeAllConversations), actor.Teams.Ids.ToList());

        // Who takes part is told of each message, and need not be told twice.
        var isToldAnyway = preferences.WaysOf(NoticeKind.NewMessage) != NoticeWays.None;
        return await (
            from notice in db.Set<Notice>().AsNoTracking()
            join conversation in db.Set<Conversation>() on notice.ConversationId equals conversation.Id
            where notice.UserId == Notice.Everybody
                && conversation.AssigneeId == null && conversation.NeedsReply && conversation.State == ConversationState.Open
                && (seesAll || conversation.TeamId == null || teams.Contains(conversation.TeamId.Value)
                    || db.Set<Participation>().Any(p => p.UserId == me && p.ConversationId == conversation.Id))
                && !(isToldAnyway && db.Set<Participation>().Any(p => p.UserId == me && p.ConversationId == conversation.Id))
            orderby notice.At descending, notice.Id descending
            select new WaitingCustomer(conversation.Id, notice.At, notice.Sequence)).Take(MostWaiting + 1).ToListAsync(cancellationToken);
    }

    private static Task<long> ReadUpToAsync(WefluxDbContext db, UserId me, CancellationToken cancellationToken) =>
        db.Set<NoticeReader>().Where(r => r.UserId == me).Select(r => r.ReadUpTo).SingleOrDefaultAsync(cancellationToken);
}

/// <summary>A customer who waits in a conversation that nobody holds.</summary>
internal sealed record WaitingCustomer(long ConversationId, DateTimeOffset At, long Sequence);
