using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Web.Assigning;

/// <summary>
/// Takes conversations in which the customer waits off people who are not there, after the grace that the workspace set.
/// What somebody is asked to take over is left until that is answered. Each node looks; whoever comes second finds nothing.
/// </summary>
public sealed class ReleaseAbsent(
    WefluxDatabase database, PresenceQuery presence, InboxBroadcaster broadcaster, TimeProvider time, ILogger<ReleaseAbsent> logger) : BackgroundService
{
    private const int AtOnce = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>One round.</summary>
    /// <returns>How many were released.</returns>
    public async Task<int> ReleaseAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        await Rounds.EachAsync(await ConcernedAsync(cancellationToken), ReleaseAllAsync, logger);
        return count;

        async Task ReleaseAllAsync(WorkspaceId workspace)
        {
            for (var released = AtOnce; released >= AtOnce && await IsNeededAsync(workspace, cancellationToken);)
            {
                var changes = await database.WriteAsync(workspace, db => ReleaseAsync(db, workspace, cancellationToken), cancellationToken);
                released = changes.Count;
                count += released;
                await broadcaster.AnnounceAsync(workspace, changes);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(ReleaseAsync, Interval, time, logger, stoppingToken);

    /// <summary>The workspaces in which it may have to be done: mostly nobody is away.</summary>
    private async Task<List<WorkspaceId>> ConcernedAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var away = db.Set<StoredPresence>().AcrossWorkspaces()
            .Where(p => p.Choice == PresenceChoice.Away || p.State == MemberPresence.Away).Select(p => p.WorkspaceId);
        return await db.Set<Workspace>()
            .Where(w => w.ErasingSince == null && (w.ReleaseOfflineAfter > 0 || (w.ReleaseAwayAfter > 0 && away.Contains(w.Id))))
            .Select(w => w.Id).ToListAsync(cancellationToken);
    }

    private async Task<bool> IsNeededAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        foreach (var absence in await AbsencesAsync(db, workspace, time.GetUtcNow(), cancellationToken))
        {
            if (await Waiting(db, absence).AnyAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<List<ConversationChange>> ReleaseAsync(WefluxDbContext db, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (!await db.IsStillThereAsync(workspace, cancellationToken))
        {
            return [];
        }

        var waiting = new List<(Conversation Conversation, AssignmentReason Reason)>();
        foreach (var absence in await AbsencesAsync(db, workspace, now, cancellationToken))
        {
            var found = await Waiting(db, absence).OrderBy(c => c.LastActivityAt).ThenBy(c => c.Id).Take(AtOnce).ToListAsync(cancellationToken);
            waiting.AddRange(found.Select(c => (c, absence.Reason)));
        }

        if (waiting.Count == 0)
        {
            return [];
        }

        var sequence = await db.TakeSequenceAsync(1, cancellationToken);
        var changes = new List<ConversationChange>(waiting.Count);
        foreach (var (conversation, reason) in waiting)
        {
            var before = conversation.Holding;
            conversation.Assign(null);
            db.Add(conversation.TellAssigned(ConversationEventKind.Released, reason, before.Assignee, actor: null, now, sequence));
            await HolderNotices.FollowAsync(db, conversation, before, by: null, now, sequence, cancellationToken);
            changes.Add(ConversationChange.Of(conversation, before));
        }

        await db.SaveChangesAsync(cancellationToken);
        return changes;
    }

    /// <summary>What waits with people who are not there, but for what came to them so lately that they are left it still.</summary>
    private static IQueryable<Conversation> Waiting(WefluxDbContext db, Absence absence)
    {
        var (waits, people, since, comings) = (true, absence.People, absence.GraceFrom, Comings.In(db));
        return db.Set<Conversation>().Where(c => c.AssigneeId != null && people.Contains(c.AssigneeId.Value)
            && c.State == ConversationState.Open && c.NeedsReply == waits && c.AskedUntil == null
            && !comings.Any(e => e.ConversationId == c.Id && e.At > since));
    }

    /// <summary>Who has been away long enough, by how. Who chose to be away and then left is away since the choice.</summary>
    private async Task<List<Absence>> AbsencesAsync(WefluxDbContext db, WorkspaceId workspace, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var policy = await db.Set<Workspace>().Where(w => w.Id == workspace)
            .Select(w => new ReleasePolicy(w.ReleaseAwayAfter, w.ReleaseOfflineAfter)).SingleAsync(cancellationToken);

        // The minutes begin when the business opens, or whoever comes in the morning would find everything gone.
        var isOpen = await Hours.AreOpenAsync(db, now, cancellationToken)
            && await Hours.AreOpenAsync(db, now.AddMinutes(-policy.OfflineAfter), cancellationToken);
        var chosen = await db.Set<StoredPresence>().AsNoTracking().Where(p => p.Choice == PresenceChoice.Away).ToDictionaryAsync(p => p.UserId, cancellationToken);
        var (away, offline) = (new List<UserId>(), new List<UserId>());
        foreach (var (user, seen) in await presence.ReadAsync(db, cancellationToken))
        {
            var (state, since) = chosen.TryGetValue(user, out var choice) && choice.Facts.IsAwayByChoiceAt(now)
                ? (MemberPresence.Away, choice.ChosenAt)
                : (seen.State, seen.Since);
            if (policy.IsDue(state, since, now, isOpen))
            {
                (state == MemberPresence.Away ? away : offline).Add(user);
            }
        }

        List<Absence> all =
        [
            new(AssignmentReason.WentAway, away, now - (policy.GraceOf(MemberPresence.Away) ?? TimeSpan.Zero)),
            new(AssignmentReason.WentOffline, offline, now - (policy.GraceOf(MemberPresence.Offline) ?? TimeSpan.Zero)),
        ];
        return all.FindAll(a => a.People.Count > 0);
    }

    /// <param name="Reason">How these people are not there.</param>
    /// <param name="People">Who.</param>
    /// <param name="GraceFrom">What came to them after this, they are left still (UTC).</param>
    private sealed record Absence(AssignmentReason Reason, List<UserId> People, DateTimeOffset GraceFrom);
}
