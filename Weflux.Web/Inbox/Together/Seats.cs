using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox.Together;

/// <summary>
/// The screens of this node that have conversations open. What changes is told at once; on a slow beat everything is told
/// again, one message for each group, so that other nodes notice when this one is gone. Nothing of it is stored.
/// </summary>
public sealed class Seats(InboxBroadcaster broadcaster, TimeProvider time, ILogger<Seats> logger) : BackgroundService
{
    /// <summary>How often a browser, and a node, say again what is so.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(8);

    /// <summary>So long nothing is heard of a screen until it counts as gone: two beats may be lost on the way.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly HashSet<Seat> _seats = [];

    internal DateTimeOffset Now => time.GetUtcNow();

    /// <summary>A screen opens a conversation. Nobody hears of it before it shows something.</summary>
    public Seat Take(WorkspaceId workspace, UserId user, long conversationId, Holding held)
    {
        var seat = new Seat(this, workspace, user, conversationId, held, Now);
        lock (_lock)
        {
            _seats.Add(seat);
        }

        return seat;
    }

    /// <summary>One beat.</summary>
    public async Task BeatAsync(CancellationToken cancellationToken)
    {
        var lapsed = Now - Lapse;
        foreach (var seats in All().GroupBy(s => s.Workspace))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var told = seats.Select(s => s.IsSilentSince(lapsed) ? s.Stop() : s.Current()).OfType<(TogetherHint, Holding)>().ToList();
            if (told.Count > 0)
            {
                await broadcaster.TellTogetherAsync(seats.Key, told);
            }
        }
    }

    internal Task TellAsync(Seat seat, (TogetherHint Hint, Holding Held)? told) =>
        told is { } hint && IsTaken(seat) ? broadcaster.TellTogetherAsync(seat.Workspace, [hint]) : Task.CompletedTask;

    internal async Task LeaveAsync(Seat seat)
    {
        try
        {
            await TellAsync(seat, seat.Stop());
        }
        finally
        {
            lock (_lock)
            {
                _seats.Remove(seat);
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(BeatAsync, Beat, time, logger, stoppingToken);

    private bool IsTaken(Seat seat)
    {
        lock (_lock)
        {
            return _seats.Contains(seat);
        }
    }

    private List<Seat> All()
    {
        lock (_lock)
        {
            return [.. _seats];
        }
    }
}
