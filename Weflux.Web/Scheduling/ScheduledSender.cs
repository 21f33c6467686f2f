using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Sending;
using Weflux.Web.Team;

namespace Weflux.Web.Scheduling;

/// <summary>
/// Turns what is due into messages, in the lane of the number's Meta app: one transaction each, which decides, makes the
/// message and says so, so that a process that ends in between neither loses nor doubles one. The outbox does the rest.
/// </summary>
public sealed partial class ScheduledSender(
    WefluxDatabase database,
    SendReply sendReply,
    Actors actors,
    ILaneJournal journal,
    InboxBroadcaster broadcaster,
    LaneSignals lanes,
    TimeProvider time,
    ILogger<ScheduledSender> logger) : ILaneWork
{
    private const int Batch = 100;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(10);

    /// <summary>How long one that was sent or cancelled is kept, so that files that went back to a composer are not swept meanwhile.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task RunAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        var (paused, sweptAt) = (new Dictionary<long, DateTimeOffset>(), DateTimeOffset.MinValue);
        while (true)
        {
            var now = time.GetUtcNow();
            foreach (var conversation in paused.Where(p => p.Value <= now).Select(p => p.Key).ToList())
            {
                paused.Remove(conversation);
            }

            if (now - sweptAt >= SweepEvery)
            {
                sweptAt = now;
                await ForgetAsync(lease, now - Kept, cancellationToken);
            }

            foreach (var (id, conversation) in await DueAsync(lease, now, cancellationToken))
            {
                // Those behind one that failed wait with it, so that they leave in their order.
                lanes.Move(lease.MetaAppId, LaneWorkKind.Schedule);
                if (!paused.ContainsKey(conversation) && !await TrySendAsync(lease, id, cancellationToken))
                {
                    paused[conversation] = now + PauseAfterFailure;
                }
            }

            await lanes.WaitAsync(lease.MetaAppId, LaneWorkKind.Schedule, Nap, cancellationToken);
        }
    }

    /// <summary>What is due, in the order in which it was to leave.</summary>
    private async Task<List<(long Id, long ConversationId)>> DueAsync(LaneLease lease, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var app = lease.MetaAppId;
        await using var db = database.Open(lease.Workspace);
        var due = await db.Set<ScheduledMessage>()
            .Where(s => s.State == ScheduledState.Waiting && s.DueAt <= now
                && db.Set<Connection>().Any(c => c.Id == s.ConnectionId && c.MetaAppId == app))
            .OrderBy(s => s.DueAt).ThenBy(s => s.Id).Take(Batch)
            .Select(s => new { s.Id, s.ConversationId }).ToListAsync(cancellationToken);
        return due.ConvertAll(s => (s.Id, s.ConversationId));
    }

    private async Task<bool> TrySendAsync(LaneLease lease, long id, CancellationToken cancellationToken)
    {
        try
        {
            await SendAsync(lease, id, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is not (LaneLostException or OperationCanceledException))
        {
            // It waits and is tried again, until it is too late for it and it goes back to its author.
            SendFailed(id, FaultTrace.Of(exception));
            return false;
        }
    }

    private async Task SendAsync(LaneLease lease, long id, CancellationToken cancellationToken)
    {
        Domain.Team.UserId? author;
        await using (var db = database.Open(lease.Workspace))
        {
            author = await db.Set<ScheduledMessage>().Where(s => s.Id == id).Select(s => (Domain.Team.UserId?)s.AuthorId).SingleOrDefaultAsync(cancellationToken);
        }

        if (author is not { } person)
        {
            return;
        }

        // A customer who wrote before it was due wrote first, also where that is only in the journal.
        await journal.HeardAsync(lease.MetaAppId, cancellationToken);

        // Asked anew: the role may have changed since it was written, or the person have left.
        var actor = await actors.FindAsync(person, lease.Workspace, cancellationToken);
        var (stored, returned) = await database.WriteAsync(
            lease.Workspace, db => SettleAsync(db, lease, id, actor, cancellationToken), cancellationToken);
        if (stored is not null)
        {
            await sendReply.TellAsync(actor!, stored);
        }
        else if (returned is not null)
        {
            await broadcaster.AnnounceAsync(lease.Workspace, [returned]);
        }
    }

    private async Task<(SendReply.Stored? Stored, ConversationChange? Returned)> SettleAsync(
        WefluxDbContext db, LaneLease lease, long id, Domain.Team.Actor? actor, CancellationToken cancellationToken)
    {
        await lease.FenceAsync(db, cancellationToken);
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        var scheduled = await db.Set<ScheduledMessage>().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (scheduled is not { State: ScheduledState.Waiting } || scheduled.DueAt > now)
        {
            // Somebody planned it anew, sent it or took it back, or the customer wrote.
            return (null, null);
        }

        var conversationId = scheduled.ConversationId;
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == conversationId, cancellationToken);
        if (await Departure.IsNeedlessAsync(db, scheduled, cancellationToken))
        {
            scheduled.Cancel(now, await db.TakeSequenceAsync(1, cancellationToken));
            return (null, await ShowAsync(db, conversation, cancellationToken));
        }

        var departure = await Departure.DecideAsync(db, sendReply, actor, scheduled, (scheduled.DueAt, now), cancellationToken);
        if (departure.Outcome is not ComeBack { Fault: var fault })
        {
            return (await departure.LeaveAsync(db, sendReply, actor!, scheduled, now, cancellationToken), null);
        }

        scheduled.Return(fault, now, await db.TakeSequenceAsync(1, cancellationToken));
        return (null, await ShowAsync(db, conversation, cancellationToken));
    }

    private static async Task<ConversationChange> ShowAsync(WefluxDbContext db, Conversation conversation, CancellationToken cancellationToken)
    {
        conversation.ShowScheduled();
        await db.SaveChangesAsync(cancellationToken);
        return ConversationChange.Of(conversation);
    }

    private Task ForgetAsync(LaneLease lease, DateTimeOffset until, CancellationToken cancellationToken) => database.WriteAsync(
        lease.Workspace,
        async db =>
        {
            await lease.FenceAsync(db, cancellationToken);
            await db.Set<ScheduledMessage>()
                .Where(s => (s.State == ScheduledState.Sent || s.State == ScheduledState.Cancelled) && s.SettledAt <= until)
                .ExecuteDeleteAsync(cancellationToken);
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Scheduled message {ScheduledId} could not be made a message and is tried again: {Fault}")]
    private partial void SendFailed(long scheduledId, string fault);
}
