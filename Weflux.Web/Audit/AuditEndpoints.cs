using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Weflux.Domain.Team;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Audit;

internal static class AuditEndpoints
{
    public static async Task<Results<PushStreamHttpResult, NotFound>> ExportAsync(
        string workspace,
        string format,
        ClaimsPrincipal principal,
        HttpRequest request,
        Actors actors,
        AuditExport export,
        AuditQuery query,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        AuditFormat? kind = format switch
        {
            "csv" => AuditFormat.Csv,
            "jsonl" => AuditFormat.JsonLines,
            _ => null,
        };
        if (kind is not { } wanted || principal.UserId() is not { } user
            || await actors.FindAsync(user, workspace, cancellationToken) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var filter = AuditAddress.Read(request.Query.ToDictionary(q => q.Key, q => (string?)q.Value.ToString(), StringComparer.Ordinal), await query.TimeZoneAsync(found, cancellationToken));
        var write = await export.ExecuteAsync(found with { From = principal.From() }, filter, wanted, cancellationToken);
        if (write is null)
        {
            return TypedResults.NotFound();
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"weflux-audit-{workspace}-{time.GetUtcNow():yyyy-MM-dd}.{format}");
        return TypedResults.Stream(
            output => write(output, cancellationToken), wanted == AuditFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson", name);
    }
}

/// <summary>The filter of the audit log in an address, so that it can be kept and sent on.</summary>
internal static class AuditAddress
{
    public static AuditFilter Read(IReadOnlyDictionary<string, string?> query, string timeZone)
    {
        var zone = WorkspaceTime.Find(timeZone);
        return new AuditFilter(
            long.TryParse(Of("person"), NumberStyles.None, CultureInfo.InvariantCulture, out var person) ? new UserId(person) : null,
            Of("action") is { } action && AuditActions.All.Contains(action, StringComparer.Ordinal) ? action : null,
            Day(Of("from"), zone, 0),
            Day(Of("until"), zone, 1),
            Of("q"));

        string? Of(string name) => query.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;
    }

    // The last day is wanted whole.
    private static DateTimeOffset? Day(string? text, TimeZoneInfo zone, int later)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day.Year is < 2000 or > 9000)
        {
            return null;
        }

        var midnight = day.AddDays(later).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
