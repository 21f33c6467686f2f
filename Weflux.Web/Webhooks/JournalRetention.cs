using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Sending;

namespace Weflux.Web.Webhooks;

/// <summary>Forgets the bodies of settled deliveries after 14 days, longer than the platform retries, and statuses that belong to nobody.</summary>
public sealed partial class JournalRetention(WefluxDatabase database, TimeProvider time, ILogger<JournalRetention> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan BodyAge = TimeSpan.FromDays(14);
    private static readonly TimeSpan EarlyStatusAge = TimeSpan.FromDays(1);

    public Task SweepAsync(CancellationToken cancellationToken)
    {
        var bodiesBefore = time.GetUtcNow() - BodyAge;
        var statusesBefore = time.GetUtcNow() - EarlyStatusAge;
        return database.WriteForSystemAsync(
            async db =>
            {
                await db.Set<WebhookDelivery>().AcrossWorkspaces()
                    .Where(d => d.ReceivedAt < bodiesBefore && d.Body != null && d.State != WebhookDeliveryState.Pending)
                    .ExecuteUpdateAsync(set => set.SetProperty(d => d.Body, (byte[]?)null), cancellationToken);
                await db.Set<EarlyStatus>().AcrossWorkspaces()
                    .Where(s => s.ReceivedAt < statusesBefore).ExecuteDeleteAsync(cancellationToken);
            },
            cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                SweepFailed(exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Old webhook bodies could not be removed; the next sweep tries again")]
    private partial void SweepFailed(Exception exception);
}
