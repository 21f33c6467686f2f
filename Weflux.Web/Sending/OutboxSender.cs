using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Media;
using Weflux.Web.Media.Sending;

namespace Weflux.Web.Sending;

/// <summary>
/// Sends the messages of a Meta app's connections. Messages of one conversation leave in order; conversations run side
/// by side. A message whose answer was lost holds its conversation for a while and is never sent again from here.
/// </summary>
public sealed partial class OutboxSender(
    WefluxDatabase database,
    Dispatch dispatch,
    SendPace pace,
    LaneSignals lanes,
    TimeProvider time,
    ILogger<OutboxSender> logger) : ILaneWork
{
    private const int MostAtOnce = 16;

    /// <summary>Room of their own for files on their way up, so that a slow line holds no words.</summary>
    private const int MostUploads = 4;
    private const int Window = 500;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);
    internal static readonly TimeSpan HoldForUnknown = TimeSpan.FromSeconds(30);

    /// <summary>No call, with all the patience for storing its outcome, takes so long; an upload of 100 MB over a slow line may take half of it.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(3);

    public async Task RunAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        await AdoptAsync(lease, cancellationToken);
        var running = new Dictionary<long, Running>();
        var numbers = new LaneNumbers(database, lanes, lease);
        try
        {
            while (true)
            {
                await GiveUpAsync(lease, cancellationToken);
                foreach (var number in await numbers.WaitingAsync(time.GetUtcNow(), cancellationToken))
                {
                    await BeginAsync(lease, number, running, cancellationToken);
                }

                lanes.Stick(lease.MetaAppId, LaneWorkKind.Outbox, running.Values.Any(r => TimeProvider.System.GetElapsedTime(r.BegunAt) > LongestCall));
                await lanes.WaitAsync(lease.MetaAppId, LaneWorkKind.Outbox, Nap, cancellationToken);
                foreach (var (conversation, ended) in running.Where(r => r.Value.Work.IsCompleted).ToList())
                {
                    running.Remove(conversation);
                    await ended.Work;
                }
            }
        }
        finally
        {
            // Calls under way are not cut off: each settles, or is found in flight by whoever takes over.
            await Task.WhenAll(running.Values.Select(r => r.Work));
        }
    }

    /// <summary>Begins what may go of one number. Each number has room of its own, so that none waits for another.</summary>
    private async Task BeginAsync(LaneLease lease, LaneNumber number, Dictionary<long, Running> running, CancellationToken cancellationToken)
    {
        foreach (var isUpload in (bool[])[false, true])
        {
            var busy = running.Values.Where(r => r.ConnectionId == number.ConnectionId).ToList();

            // After a rest one message tries, and the others see what becomes of it.
            var room = number.IsOnTrial ? 1 - busy.Count : (isUpload ? MostUploads : MostAtOnce) - busy.Count(r => r.IsUpload == isUpload);
            if (room <= 0)
            {
                continue;
            }

            foreach (var row in await DueAsync(lease, number, running, isUpload, room, cancellationToken))
            {
                var work = Task.Run(() => SendAsync(lease, row, number.IsOnTrial, cancellationToken), CancellationToken.None);
                running[row.ConversationId] = new Running(work, number.ConnectionId, isUpload);
            }
        }
    }

    private async Task SendAsync(LaneLease lease, OutboundMessage row, bool isTrial, CancellationToken ending)
    {
        try
        {
            await dispatch.ExecuteAsync(lease, row, isTrial, ending);
        }
        catch (Exception exception) when (exception is not LaneLostException)
        {
            // The conversation waits; the others go on.
            SendFailed(FaultTrace.Of(exception), row.MessageId);
            await Task.Delay(PauseAfterFailure, CancellationToken.None);
            await database.WriteAsync(
                lease.Workspace,
                async db =>
                {
                    var broken = db.Set<OutboundMessage>().Where(o => o.MessageId == row.MessageId && o.State == OutboundState.InFlight);
                    await broken.Where(o => db.Set<Message>().Any(m => m.Id == o.MessageId && m.Status >= DeliveryStatus.NotConfirmed)).ExecuteDeleteAsync();
                    await broken.ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OutboundState.Unknown));
                },
                CancellationToken.None);
        }
        finally
        {
            lanes.Wake(lease.MetaAppId, LaneWorkKind.Outbox);
        }
    }

    /// <summary>Whatever is in flight when a run begins was begun by somebody who did not hear its answer.</summary>
    private async Task AdoptAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        var count = await database.WriteAsync(
            lease.Workspace,
            async db =>
            {
                await lease.FenceAsync(db, cancellationToken);
                var connections = Connections(db, lease);
                await db.Set<OutboundMessage>()
                    .Where(o => connections.Contains(o.ConnectionId) && o.State != OutboundState.Waiting
                        && db.Set<Message>().Any(m => m.Id == o.MessageId && m.Status >= DeliveryStatus.NotConfirmed))
                    .ExecuteDeleteAsync(cancellationToken);
                return await db.Set<OutboundMessage>()
                    .Where(o => connections.Contains(o.ConnectionId) && o.State == OutboundState.InFlight)
                    .ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OutboundState.Unknown), cancellationToken);
            },
            cancellationToken);
        if (count > 0)
        {
            Adopted(count, lease.MetaAppId);
        }
    }

    /// <summary>The next message of each conversation of a number that may go now.</summary>
    private async Task<IReadOnlyList<OutboundMessage>> DueAsync(
        LaneLease lease, LaneNumber number, Dictionary<long, Running> running, bool isUpload, int room, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.Open(lease.Workspace);
        var connectionId = number.ConnectionId;
        var holdsAfter = now + Dispatch.ConfirmationPatience - HoldForUnknown;
        var since = now - PlatformUploads.Kept;
        var due = db.Set<OutboundMessage>().AsNoTracking()
            .Where(o => o.ConnectionId == connectionId && o.State == OutboundState.Waiting && o.NextAt <= now)
            .Where(o => !db.Set<OutboundMessage>().Any(earlier => earlier.ConversationId == o.ConversationId
                && earlier.MessageId < o.MessageId
                && (earlier.State != OutboundState.Unknown || earlier.NextAt > holdsAfter)))
            .Where(o => isUpload == db.Set<MessageFile>().Any(l => l.MessageId == o.MessageId
                && !db.Set<PlatformUpload>().Any(u => u.FileId == l.FileId && u.ConnectionId == o.ConnectionId && u.UploadedAt > since)))
            .OrderBy(o => o.MessageId);

        // A few are enough, unless those in front are of customers who must not be written to so fast.
        var few = room + running.Count;
        var rows = await due.Take(few).ToListAsync(cancellationToken);
        var chosen = pace.Choose(Free(rows), room, number.PerSecond);
        if (chosen.Count == room || rows.Count < few)
        {
            return chosen;
        }

        rows = await due.Take(Window).ToListAsync(cancellationToken);
        return [.. chosen, .. pace.Choose(Free(rows).ExceptBy(chosen.Select(c => c.ConversationId), o => o.ConversationId), room - chosen.Count, number.PerSecond)];

        IEnumerable<OutboundMessage> Free(List<OutboundMessage> found) => found.Where(o => !running.ContainsKey(o.ConversationId));
    }

    /// <summary>Messages that nobody confirmed in time are shown so. A status that comes later still settles them.</summary>
    private async Task GiveUpAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        List<long> overdue;
        await using (var db = database.Open(lease.Workspace))
        {
            var connections = Connections(db, lease);
            overdue = await db.Set<OutboundMessage>()
                .Where(o => o.State == OutboundState.Unknown && o.NextAt <= now && connections.Contains(o.ConnectionId))
                .OrderBy(o => o.MessageId).Take(Window).Select(o => o.MessageId).ToListAsync(cancellationToken);
        }

        foreach (var messageId in overdue)
        {
            await dispatch.GiveUpAsync(lease, messageId);
        }
    }

    private static IQueryable<long> Connections(WefluxDbContext db, LaneLease lease) =>
        db.Set<Connection>().Where(c => c.MetaAppId == lease.MetaAppId).Select(c => c.Id);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending message {MessageId} was broken off: {Fault}")]
    private partial void SendFailed(string fault, long messageId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} messages of Meta app {MetaAppId} were in flight when their sender ended; they wait for a status and are not sent again")]
    private partial void Adopted(int count, long metaAppId);

    /// <param name="Work">A message under way.</param>
    /// <param name="ConnectionId">The number it leaves from.</param>
    /// <param name="IsUpload">Whether its file goes up first.</param>
    private sealed record Running(Task Work, long ConnectionId, bool IsUpload)
    {
        public long BegunAt { get; } = TimeProvider.System.GetTimestamp();
    }
}
