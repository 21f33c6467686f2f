using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Team;

namespace Weflux.Web.Work.HandOvers;

/// <summary>
/// Ends what nobody accepted in time: the conversation stays with whoever asked. Each node looks; whoever comes second
/// finds nothing asked any more.
/// </summary>
public sealed class HandOverEnds(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time, ILogger<HandOverEnds> logger) : BackgroundService
{
    private const int AtOnce = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>One round.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> EndAsync(CancellationToken cancellationToken)
    {
        var (count, failed) = (0, new List<WorkspaceId>());
        for (var found = AtOnce; found == AtOnce;)
        {
            var due = await DueAsync(failed, cancellationToken);
            found = due.Count;
            failed.AddRange(await Rounds.EachAsync(due.Select(d => d.Workspace).Distinct(), EndDueAsync, logger));

            async Task EndDueAsync(WorkspaceId workspace)
            {
                var ended = await EndAsync(workspace, [.. due.Where(d => d.Workspace == workspace).Select(d => d.Id)], cancellationToken);
                count += ended.Count;
                await broadcaster.AnnounceAsync(workspace, ended);
            }
        }

        return count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(EndAsync, Interval, time, logger, stoppingToken);

    /// <summary>What is due, but for workspaces that failed in this round: one that fails with many would leave the others no place.</summary>
    private async Task<List<Due>> DueAsync(List<WorkspaceId> failed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.OpenForSystem();
        var erasing = db.Set<Workspace>().Where(w => w.ErasingSince != null).Select(w => w.Id);
        return await db.Set<Conversation>().AcrossWorkspaces()
            .Where(c => c.AskedUntil != null && c.AskedUntil <= now && !erasing.Contains(c.WorkspaceId) && !failed.Contains(c.WorkspaceId))
            .OrderBy(c => c.AskedUntil).Take(AtOnce)
            .Select(c => new Due(c.WorkspaceId, c.Id)).ToListAsync(cancellationToken);
    }

    private Task<List<ConversationChange>> EndAsync(WorkspaceId workspace, List<long> ids, CancellationToken cancellationToken) =>
        database.WriteAsync(
            workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                if (!await db.IsStillThereAsync(workspace, cancellationToken))
                {
                    return [];
                }

                var now = time.GetUtcNow();
                var due = await db.Set<Conversation>().Where(c => ids.Contains(c.Id) && c.AskedUntil != null && c.AskedUntil <= now)
                    .ToListAsync(cancellationToken);
                if (due.Count == 0)
                {
                    return [];
                }

                var sequence = await db.TakeSequenceAsync(1, cancellationToken);
                var changes = due.ConvertAll(c => (Conversation: c, Before: c.Holding));
                foreach (var (conversation, before) in changes)
                {
                    conversation.EndAsking();
                    db.Add(conversation.TellHandOver(ConversationEventKind.HandOverLapsed, conversation.AssigneeId, actor: null, now, sequence));
                    await HolderNotices.FollowAsync(db, conversation, before, by: null, now, sequence, cancellationToken);
                }

                await db.SaveChangesAsync(cancellationToken);
                return changes.ConvertAll(c => ConversationChange.Of(c.Conversation, c.Before));
            },
            cancellationToken);

    private sealed record Due(WorkspaceId Workspace, long Id);
}
