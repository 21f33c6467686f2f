using System.Globalization;

namespace Weflux.Web.Numbers;

/// <summary>Times as the reader's own clock shows them.</summary>
public sealed class LocalClock(TimeZoneInfo zone)
{
    public static LocalClock Utc { get; } = new(TimeZoneInfo.Utc);

    /// <summary>The clock of a browser that names its zone; UTC for one that names none that this machine knows.</summary>
    public static LocalClock Of(string? name) => name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? new(zone) : Utc;

    public string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)
        + (zone.Equals(TimeZoneInfo.Utc) ? " UTC" : "");
}
