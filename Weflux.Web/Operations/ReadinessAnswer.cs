using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Weflux.Web.Operations;

/// <summary>Says in plain words what is not ready. Anybody may ask, so it names parts of Weflux and nothing else.</summary>
internal static class ReadinessAnswer
{
    public static Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        var faults = report.Entries.Where(entry => entry.Value.Status != HealthStatus.Healthy).Select(entry =>
            $"{entry.Key}: {(entry.Value.Exception is null ? entry.Value.Description : "The check itself failed.")}");
        return http.Response.WriteAsync(string.Join('\n', [report.Status.ToString(), .. faults]), http.RequestAborted);
    }
}
