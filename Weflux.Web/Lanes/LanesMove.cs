using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weflux.Web.Lanes;

/// <summary>Ready means that lanes are renewed and taken, and that the work of those held here goes on.</summary>
internal sealed class LanesMove(LaneHost host, LaneSignals signals) : IHealthCheck
{
    /// <summary>As long as a lease: after that, others may have taken over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = new List<string>();
        if (host.ExecuteTask is { IsCompleted: true } || TimeProvider.System.GetElapsedTime(host.LastRoundAt) > Patience)
        {
            faults.Add("No lane was renewed lately.");
        }

        faults.AddRange(signals.Still(Patience).Select(still =>
            $"The {still.Kind.ToString().ToLowerInvariant()} of Meta app {still.MetaAppId.ToString(CultureInfo.InvariantCulture)} does not move."));
        return Task.FromResult(faults.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join(' ', faults)));
    }
}
