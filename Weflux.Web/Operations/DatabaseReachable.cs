using Microsoft.Extensions.Diagnostics.HealthChecks;
using Weflux.Web.Data;

namespace Weflux.Web.Operations;

/// <summary>Ready means that the database answers.</summary>
internal sealed class DatabaseReachable(WefluxDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await using var db = database.OpenForSystem();
        return await db.Database.CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");
    }
}
