using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weflux.Web.Webhooks;

/// <summary>Ready means that webhooks which wait to be stored get stored.</summary>
internal sealed class JournalStores(WebhookJournal journal) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(journal.ExecuteTask is { IsCompleted: true } || journal.StoringFor > Patience
            ? new HealthCheckResult(context.Registration.FailureStatus, "Webhooks that came in are not stored.")
            : HealthCheckResult.Healthy());
}
