using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Team.Invitations;

namespace Weflux.Web.Team.Members;

/// <summary>The places of a workspace inside a transaction that changes them.</summary>
internal static class Places
{
    public const string InvitationsRevoked = "Invitations revoked";
    private const int LongestFact = 500;

    /// <summary>Everybody's place, read under the lock of the workspace: nobody else changes any until this transaction ends.</summary>
    public static async Task<List<Membership>> LockAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        return await db.Set<Membership>().ToListAsync(cancellationToken);
    }

    public static Roster Roster(this IEnumerable<Membership> places) => new(places.Select(m => new RosterPlace(m.UserId, m.Role, m.IsActive)));

    public static Task<string> NameAsync(WefluxDbContext db, UserId user, CancellationToken cancellationToken) =>
        db.Set<WefluxUser>().Where(u => u.Id == user.Value).Select(u => u.Name).SingleAsync(cancellationToken);

    /// <summary>Revokes the open invitations that somebody made.</summary>
    /// <returns>Whom they were for, in words; null if there were none.</returns>
    public static async Task<string?> RevokeInvitationsAsync(WefluxDbContext db, UserId by, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await db.Set<Invitation>()
            .Where(i => i.CreatedBy == by && i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now).ToListAsync(cancellationToken);
        open.ForEach(i => i.Revoke(now));
        return open.Count == 0 ? null : string.Join(", ", open.Select(i => i.For)).Cut(LongestFact);
    }

    /// <summary>
    /// Gives what somebody holds to the heir or to nobody. What is open is announced after the commit; what is closed
    /// goes to nobody, so that it comes back to everybody when the customer writes again.
    /// </summary>
    public static async Task<List<ConversationChange>> HandOverAsync(
        WefluxDbContext db, UserId from, UserId? heir, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await db.Set<Conversation>().Where(c => c.AssigneeId == from && c.State != ConversationState.Closed).ToListAsync(cancellationToken);
        var changes = new List<ConversationChange>(held.Count);
        var news = new List<NoticeNews>();
        var sequence = held.Count > 0 ? await db.TakeSequenceAsync(1, cancellationToken) : 0;
        foreach (var conversation in held)
        {
            var before = conversation.Holding;
            conversation.Assign(heir);
            news.AddRange(HolderNotices.Of(conversation, before, by: null, now, sequence).Where(n => n.Person != from));
            db.Add(conversation.TellAssigned(ConversationEventKind.Assigned, AssignmentReason.ColleagueLeft, heir, actor: null, now, sequence));
            changes.Add(ConversationChange.Of(conversation, before));
        }

        await db.Set<Conversation>().Where(c => c.AssigneeId == from && c.State == ConversationState.Closed).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.AssigneeId, (UserId?)null).SetProperty(c => c.Version, c => c.Version + 1), cancellationToken);
        await NoticeBook.ForgetAsync(db, from, cancellationToken);
        await NoticeBook.AddAsync(db, news, cancellationToken);
        return changes;
    }

    /// <summary>Takes somebody who goes for good out of every team and out of the rota.</summary>
    public static async Task LeaveTeamsAsync(WefluxDbContext db, UserId member, CancellationToken cancellationToken)
    {
        await db.Set<TeamMember>().Where(m => m.UserId == member).ExecuteDeleteAsync(cancellationToken);
        await db.Set<AssignmentTurn>().Where(t => t.UserId == member).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>What somebody was asked to take over stays with whoever asked.</summary>
    public static async Task<List<ConversationChange>> EndAskingAsync(WefluxDbContext db, UserId asked, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pending = await db.Set<Conversation>().Where(c => c.AskedMemberId == asked).ToListAsync(cancellationToken);
        var (changes, news) = (new List<ConversationChange>(pending.Count), new List<NoticeNews>());
        var sequence = pending.Count > 0 ? await db.TakeSequenceAsync(1, cancellationToken) : 0;
        foreach (var conversation in pending)
        {
            var before = conversation.Holding;
            conversation.EndAsking();
            db.Add(conversation.TellHandOver(ConversationEventKind.HandOverEnded, conversation.AssigneeId, actor: null, now, sequence));
            news.AddRange(HolderNotices.Of(conversation, before, by: null, now, sequence));
            changes.Add(ConversationChange.Of(conversation, before));
        }

        await NoticeBook.AddAsync(db, news, cancellationToken);
        return changes;
    }

    /// <summary>Somebody who is not active any more takes part in nothing.</summary>
    public static async Task<List<ConversationChange>> EndTakingPartAsync(WefluxDbContext db, UserId member, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = db.Set<Participation>().Where(p => p.UserId == member);
        var joined = await (
            from participation in own
            from conversation in db.Set<Conversation>()
            where conversation.Id == participation.ConversationId
            select conversation).ToListAsync(cancellationToken);
        var changes = new List<ConversationChange>(joined.Count);
        var sequence = joined.Count > 0 ? await db.TakeSequenceAsync(1, cancellationToken) : 0;
        foreach (var conversation in joined)
        {
            var before = conversation.Holding;
            if (conversation.Part(member, by: null, now, sequence) is { } told)
            {
                db.Add(told);
                changes.Add(ConversationChange.Of(conversation, before));
            }
        }

        await own.ExecuteDeleteAsync(cancellationToken);
        return changes;
    }
}
