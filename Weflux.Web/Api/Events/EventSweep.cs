using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Events;

/// <summary>Forgets events 30 days after they happened, and secrets that do not count any more.</summary>
public sealed class EventSweep(WefluxDatabase database, TimeProvider time, ILogger<EventSweep> logger) : BackgroundService
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Works in small transactions: nobody waits long for the turn to write.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        while (await ForgetSomeAsync(now - EventDelivery.KeptFor, cancellationToken) == AtOnce)
        {
            await Task.Yield();
        }

        await database.WriteForSystemAsync(
            db => db.Set<EventEndpoint>().AcrossWorkspaces().Where(e => e.OldSecretUntil <= now).ExecuteUpdateAsync(
                set => set.SetProperty(e => e.OldSecret, (byte[]?)null).SetProperty(e => e.OldSecretUntil, (DateTimeOffset?)null), cancellationToken),
            cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(SweepAsync, Interval, time, logger, stoppingToken);

    private async Task<int> ForgetSomeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        List<long> ids;
        await using (var db = database.OpenForSystem())
        {
            ids = await db.Set<EventDelivery>().AcrossWorkspaces().Where(d => d.At < before).OrderBy(d => d.At).Take(AtOnce)
                .Select(d => d.Id).ToListAsync(cancellationToken);
        }

        if (ids.Count > 0)
        {
            await database.WriteForSystemAsync(
                db => db.Set<EventDelivery>().AcrossWorkspaces().Where(d => ids.Contains(d.Id)).ExecuteDeleteAsync(cancellationToken), cancellationToken);
        }

        return ids.Count;
    }
}
