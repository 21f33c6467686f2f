using System.Globalization;

namespace Weflux.Web.Inbox;

/// <summary>Says times as the reader's browser would: in its zone, with its 12 or 24 hours.</summary>
public sealed class ScreenClock(TimeZoneInfo zone, bool hasTwelveHours)
{
    /// <summary>For the moment before the browser has told its zone.</summary>
    public static ScreenClock Utc { get; } = new(TimeZoneInfo.Utc, hasTwelveHours: false);

    /// <summary>The clock of a browser.</summary>
    /// <param name="settings">What the browser says of itself.</param>
    /// <param name="chosenZone">The zone that the reader chose instead of the browser's; null for none.</param>
    public static ScreenClock Of(BrowserTime? settings, string? chosenZone = null)
    {
        if (chosenZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(chosenZone, out var chosen))
        {
            return new ScreenClock(chosen, settings is { HasTwelveHours: true });
        }

        if (settings is null)
        {
            return Utc;
        }

        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(settings.Zone ?? "", out var known)
            ? known
            : Fixed(settings.OffsetMinutes);
        return new ScreenClock(zone, settings.HasTwelveHours);
    }

    /// <summary>The time of day.</summary>
    public string Time(DateTimeOffset at) =>
        Local(at).ToString(hasTwelveHours ? "h:mm tt" : "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>As short as it can be said: a time today, a day this week, else a date.</summary>
    public string Brief(DateTimeOffset at, DateTimeOffset now)
    {
        var (local, days) = (Local(at), DaysBetween(at, now));
        return days switch
        {
            <= 0 => Time(at),
            1 => "Yesterday",
            < 7 => local.ToString("ddd", CultureInfo.InvariantCulture),
            _ => local.ToString(local.Year == Local(now).Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A moment to come, as short as a list has room for.</summary>
    public string BriefAhead(DateTimeOffset at, DateTimeOffset now) => DaysBetween(at, now) switch
    {
        >= 0 => Time(at),
        -1 => "Tomorrow",
        > -7 => Local(at).ToString("ddd", CultureInfo.InvariantCulture),
        _ => Local(at).ToString(Local(at).Year == Local(now).Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>The day, for a line between messages.</summary>
    public string Day(DateTimeOffset at, DateTimeOffset now)
    {
        var local = Local(at);
        return DaysBetween(at, now) switch
        {
            0 => "Today",
            1 => "Yesterday",
            _ => local.ToString(local.Year == Local(now).Year ? "dddd, d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>A date with its time, for a sentence.</summary>
    public string Moment(DateTimeOffset at) => $"{Date(at)}, {Time(at)}";

    /// <summary>A moment to come, for a sentence: today, tomorrow, or a day with its time.</summary>
    public string Ahead(DateTimeOffset at, DateTimeOffset now)
    {
        var local = Local(at);
        return DaysBetween(at, now) switch
        {
            0 => $"today {Time(at)}",
            -1 => $"tomorrow {Time(at)}",
            1 => $"yesterday {Time(at)}",
            _ => $"{local.ToString(local.Year == Local(now).Year ? "ddd, d MMM" : "ddd, d MMM yyyy", CultureInfo.InvariantCulture)}, {Time(at)}",
        };
    }

    /// <summary>The same way of writing, in another zone.</summary>
    public ScreenClock In(TimeZoneInfo other) => new(other, hasTwelveHours);

    /// <summary>A date for a sentence.</summary>
    public string Date(DateTimeOffset at) => Local(at).ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    private static TimeZoneInfo Fixed(int offsetMinutes)
    {
        var offset = TimeSpan.FromMinutes(Math.Clamp(offsetMinutes, -14 * 60, 14 * 60));
        return TimeZoneInfo.CreateCustomTimeZone($"UTC{offset}", offset, displayName: null, standardDisplayName: null);
    }

    private int DaysBetween(DateTimeOffset at, DateTimeOffset now) => DayOf(now).DayNumber - DayOf(at).DayNumber;

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);
}

/// <summary>What a browser says of its clock.</summary>
/// <param name="Zone">The IANA name of its time zone.</param>
/// <param name="OffsetMinutes">Its offset now, east of UTC, should the name be unknown here.</param>
/// <param name="HasTwelveHours">Whether it shows twelve hours.</param>
public sealed record BrowserTime(string? Zone, int OffsetMinutes, bool HasTwelveHours);
