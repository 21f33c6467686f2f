using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Team;

/// <summary>The zones a workspace may choose from, and how its people read times.</summary>
public static class WorkspaceTime
{
    public const string Default = "UTC";

    /// <summary>Every zone by its IANA name, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Zones { get; } =
    [
        Default,
        .. TimeZoneInfo.GetSystemTimeZones().Select(z => z.HasIanaId ? z.Id : TimeZoneInfo.TryConvertWindowsIdToIanaId(z.Id, out var iana) ? iana : "")
            .Where(id => id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>The zone of that name; UTC if this machine does not know it.</summary>
    public static TimeZoneInfo Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>
    /// The zone that a browser names, by the name it has in the list; UTC if this machine does not know it. Browsers say
    /// Asia/Calcutta where lists say Asia/Kolkata.
    /// </summary>
    public static string Read(string? name)
    {
        if (name is null || Zones.Contains(name, StringComparer.Ordinal))
        {
            return name ?? Default;
        }

        return IsKnown(name) ? Zones.FirstOrDefault(z => Find(z).HasSameRules(Find(name))) ?? Default : Default;
    }

    public static bool IsKnown(string name) => name.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <summary>The zone of the workspace that is open.</summary>
    public static async Task<TimeZoneInfo> OfAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var workspace = db.CurrentWorkspace;
        return Find(await db.Set<Workspace>().Where(w => w.Id == workspace).Select(w => w.TimeZone).SingleOrDefaultAsync(cancellationToken) ?? Default);
    }

    /// <summary>When a day begins in a zone (UTC); null if it is no day that every zone has.</summary>
    public static DateTimeOffset? Midnight(DateOnly? day, TimeZoneInfo zone)
    {
        // Too near to the ends of the calendar there is no such moment in every zone.
        if (day is not { Year: > 1 and < 9999 } date)
        {
            return null;
        }

        var wall = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(wall))
        {
            wall = wall.AddMinutes(15);
        }

        return new DateTimeOffset(wall, zone.GetUtcOffset(wall)).ToUniversalTime();
    }
}
