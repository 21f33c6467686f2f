using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Weflux.Web.Operations;

/// <summary>Metrics for whoever runs Weflux, sent to a collector if one is named by the usual variables of OpenTelemetry.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration[Endpoint]) && string.IsNullOrEmpty(configuration[MetricsEndpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("weflux"))
            .WithMetrics(metrics => metrics
                .AddMeter("Weflux.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Components", "System.Net.Http", "System.Runtime")
                .AddOtlpExporter());
    }
}
