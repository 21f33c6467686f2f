using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Sending;

namespace Weflux.Web.Webhooks;

/// <summary>Forgets the bodies of settled deliveries after 14 days, longer than the platform retries, and statuses that belong to nobody.</summary>
public sealed class JournalRetention(WefluxDatabase database, TimeProvider time, ILogger<JournalRetention> logger) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan BodyAge = TimeSpan.FromDays(14);
    private static readonly TimeSpan EarlyStatusAge = TimeSpan.FromDays(1);

    /// <summary>Works in small transactions: acknowledgements must not wait for housekeeping.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var bodiesBefore = time.GetUtcNow() - BodyAge;
        while (await ForgetBodiesAsync(bodiesBefore, cancellationToken) == BatchSize)
        {
            await Task.Yield();
        }

        var statusesBefore = time.GetUtcNow() - EarlyStatusAge;
        await database.WriteForSystemAsync(
            db => db.Set<EarlyStatus>().AcrossWorkspaces().Where(s => s.ReceivedAt < statusesBefore).ExecuteDeleteAsync(cancellationToken),
            cancellationToken);
    }

    private async Task<int> ForgetBodiesAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        List<long> ids;
        await using (var db = database.OpenForSystem())
        {
            ids = await db.Set<WebhookDelivery>().AcrossWorkspaces()
                .Where(d => d.ReceivedAt < before && d.Body != null && d.State != WebhookDeliveryState.Pending)
                .OrderBy(d => d.ReceivedAt).Take(BatchSize).Select(d => d.Id).ToListAsync(cancellationToken);
        }

        if (ids.Count > 0)
        {
            await database.WriteForSystemAsync(
                db => db.Set<WebhookDelivery>().AcrossWorkspaces().Where(d => ids.Contains(d.Id))
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.Body, (byte[]?)null), cancellationToken),
                cancellationToken);
        }

        return ids.Count;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(SweepAsync, Interval, time, logger, stoppingToken);
}
