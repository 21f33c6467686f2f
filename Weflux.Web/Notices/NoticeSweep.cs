using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Notices;

/// <summary>
/// Tells people of windows that are about to close on customers who wait for them, and forgets notices that are old. Each
/// node looks; whoever comes second finds that it was told.
/// </summary>
public sealed class NoticeSweep(WefluxDatabase database, TimeProvider time, ILogger<NoticeSweep> logger) : BackgroundService
{
    private const int AtOnce = 200;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenForgetting = TimeSpan.FromHours(1);

    /// <summary>How far apart the clocks of nodes may be, and a round that failed reaches back.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _lookedUpTo;
    private DateTimeOffset? _forgotAt;

    /// <summary>How long before a window closes its holder is told.</summary>
    public static TimeSpan Ahead => TimeSpan.FromHours(2);

    /// <summary>One round.</summary>
    /// <returns>How many people were told of a window.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var told = await TellOfWindowsAsync(cancellationToken);
        if (_forgotAt is not { } last || time.GetUtcNow() - last >= BetweenForgetting)
        {
            await ForgetAsync(cancellationToken);
            _forgotAt = time.GetUtcNow();
        }

        return told;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(RunAsync, Interval, time, logger, stoppingToken);

    private async Task<int> TellOfWindowsAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var closed = now - ServiceWindow.Length;
        var since = _lookedUpTo is { } up && up - Slack > closed ? up - Slack : closed;
        var until = closed + Ahead;
        var (told, after, count, isComplete) = (0, long.MaxValue, AtOnce, true);
        while (count == AtOnce)
        {
            var closing = await ClosingAsync(since, after, until, cancellationToken);
            count = closing.Count;
            var failed = await Rounds.EachAsync(
                closing.Where(c => c.IsHeld).GroupBy(c => c.Workspace),
                async workspace => told += await TellAsync(workspace.Key, [.. workspace.Select(c => c.Id)], now, cancellationToken),
                logger);
            isComplete &= failed.Count == 0;
            (since, after) = count > 0 ? (closing[^1].ActedAt, closing[^1].Id) : (since, after);
        }

        // Whom this round could not tell, the next one looks for again.
        _lookedUpTo = isComplete ? until : _lookedUpTo;
        return told;
    }

    private async Task<List<Closing>> ClosingAsync(DateTimeOffset since, long after, DateTimeOffset until, CancellationToken cancellationToken)
    {
        // Also those that nobody holds: asked for the holders, SQLite would walk through all that somebody holds. Waiting
        // is asked for as a value, because it is a column of an index.
        var waits = true;
        await using var db = database.OpenForSystem();
        return await (
            from workspace in db.Set<Workspace>()
            from c in db.Set<Conversation>().AcrossWorkspaces()
            where workspace.ErasingSince == null && c.WorkspaceId == workspace.Id && c.State == ConversationState.Open && c.NeedsReply == waits
                && c.LastCustomerActAt >= since && c.LastCustomerActAt <= until && (c.LastCustomerActAt > since || c.Id > after)
            orderby c.LastCustomerActAt, c.Id
            select new Closing(c.WorkspaceId, c.Id, c.LastCustomerActAt!.Value, c.AssigneeId != null)).Take(AtOnce).ToListAsync(cancellationToken);
    }

    private Task<int> TellAsync(WorkspaceId workspace, List<long> ids, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        workspace,
        async db =>
        {
            await db.LockWorkspaceAsync(cancellationToken);
            if (!await db.IsStillThereAsync(workspace, cancellationToken))
            {
                return 0;
            }

            var known = await db.Set<Notice>().AsNoTracking().Where(n => ids.Contains(n.ConversationId) && n.Kind == NoticeKind.WindowClosing)
                .Select(n => new { n.ConversationId, n.UserId, n.Until }).ToListAsync(cancellationToken);
            var found = await db.Set<Conversation>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(cancellationToken);
            var due = found.FindAll(c => HolderNotices.IsClosing(c, now) && c.AssigneeId is { } holder
                && !known.Exists(k => k.ConversationId == c.Id && k.UserId == holder && k.Until == c.Window.ClosesAt));
            if (due.Count == 0)
            {
                return 0;
            }

            // Under the lock nobody else takes it. Whoever wants to hear of no window must not have every screen read again.
            var sequence = await db.ReadCounterAsync(cancellationToken) + 1;
            await NoticeBook.AddAsync(
                db,
                due.ConvertAll(c => HolderNotices.Closing(c, c.AssigneeId!.Value, now, sequence)),
                cancellationToken);
            if (!db.ChangeTracker.HasChanges())
            {
                return 0;
            }

            await db.TakeSequenceAsync(1, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return due.Count;
        },
        cancellationToken);

    private Task ForgetAsync(CancellationToken cancellationToken)
    {
        var old = time.GetUtcNow() - Notice.Retention;
        return database.WriteForSystemAsync(
            db => db.Set<Notice>().AcrossWorkspaces().Where(n => n.At < old).ExecuteDeleteAsync(cancellationToken), cancellationToken);
    }

    private sealed record Closing(WorkspaceId Workspace, long Id, DateTimeOffset ActedAt, bool IsHeld);
}
