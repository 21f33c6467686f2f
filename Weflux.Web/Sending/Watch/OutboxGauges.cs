using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Sending.Watch;

/// <summary>Looks at the outbox from time to time, so that collecting the metrics asks the database nothing.</summary>
public sealed partial class OutboxGauges(WefluxDatabase database, SendingMeter meter, TimeProvider time, ILogger<OutboxGauges> logger) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = database.OpenForSystem();
        var rows = await db.Set<OutboundMessage>().AcrossWorkspaces().GroupBy(o => o.ConnectionId)
            .Select(g => new
            {
                Id = g.Key,
                Waiting = g.Count(o => o.State == OutboundState.Waiting),
                InFlight = g.Count(o => o.State == OutboundState.InFlight),
                Unknown = g.Count(o => o.State == OutboundState.Unknown),
                Oldest = g.Where(o => o.State == OutboundState.Waiting).Min(o => (DateTimeOffset?)o.NextAt),
            })
            .ToListAsync(cancellationToken);
        var numbers = await db.Set<Connection>().AcrossWorkspaces().Select(c => c.Id).ToListAsync(cancellationToken);
        var resting = await db.Set<SendHold>().AcrossWorkspaces().Select(h => h.ConnectionId).ToListAsync(cancellationToken);
        meter.Show(
        [
            .. rows.Select(r => new OutboxLevel(r.Id, r.Waiting, r.InFlight, r.Unknown, r.Oldest is { } at && at < now ? (now - at).TotalSeconds : 0, resting.Contains(r.Id))),
            .. numbers.Except(rows.Select(r => r.Id)).Select(id => new OutboxLevel(id, 0, 0, 0, 0, resting.Contains(id))),
        ]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The metrics stand still, and the next beat tries again; sending does not depend on them.
                LookFailed(FaultTrace.Of(exception));
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be looked at: {Fault}")]
    private partial void LookFailed(string fault);
}
