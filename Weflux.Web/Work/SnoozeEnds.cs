using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Team;

namespace Weflux.Web.Work;

/// <summary>
/// Puts snoozed conversations back into the list when their time has come. Each node looks; whoever comes second finds the
/// conversation open.
/// </summary>
public sealed class SnoozeEnds(WefluxDatabase database, InboxBroadcaster broadcaster, TimeProvider time, ILogger<SnoozeEnds> logger) : BackgroundService
{
    private const int AtOnce = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>One round.</summary>
    /// <returns>How many came back.</returns>
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
            .Where(c => c.SnoozedUntil != null && c.SnoozedUntil <= now && !erasing.Contains(c.WorkspaceId) && !failed.Contains(c.WorkspaceId))
            .OrderBy(c => c.SnoozedUntil).Take(AtOnce)
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
                var due = await db.Set<Conversation>().Where(c => ids.Contains(c.Id) && c.SnoozedUntil != null && c.SnoozedUntil <= now)
                    .ToListAsync(cancellationToken);
                if (due.Count == 0)
                {
                    return [];
                }

                var sequence = await db.TakeSequenceAsync(1, cancellationToken);
                foreach (var conversation in due)
                {
                    conversation.Reopen();
                    db.Add(conversation.Tell(ConversationEventKind.SnoozeEnded, actor: null, now, sequence));
                }

                await NoticeBook.AddAsync(db, await NewsAsync(db, due, now, sequence, cancellationToken), cancellationToken);
                await db.SaveChangesAsync(cancellationToken);
                return due.ConvertAll(ConversationChange.Of);
            },
            cancellationToken);

    /// <summary>Whoever holds the conversation is told that it is back; if nobody does, whoever put it off.</summary>
    private static async Task<List<NoticeNews>> NewsAsync(
        WefluxDbContext db, List<Conversation> due, DateTimeOffset now, long sequence, CancellationToken cancellationToken)
    {
        var news = new List<NoticeNews>();
        foreach (var conversation in due)
        {
            var id = conversation.Id;
            var person = conversation.AssigneeId ?? await db.Set<ConversationEvent>()
                .Where(e => e.ConversationId == id && e.Kind == ConversationEventKind.Snoozed).OrderByDescending(e => e.At).ThenByDescending(e => e.Id)
                .Select(e => e.ActorId).FirstOrDefaultAsync(cancellationToken);
            if (person is { } told)
            {
                news.Add(new NoticeNews(NoticeKind.SnoozeOver, told, id, now, sequence));
            }
        }

        return news;
    }

    private sealed record Due(WorkspaceId Workspace, long Id);
}
