namespace Weflux.Domain.Notices;

/// <summary>Days of the week, any number of them.</summary>
[Flags]
public enum Weekdays
{
    /// <summary>No day.</summary>
    None = 0,

    /// <summary>Monday.</summary>
    Monday = 1,

    /// <summary>Tuesday.</summary>
    Tuesday = 2,

    /// <summary>Wednesday.</summary>
    Wednesday = 4,

    /// <summary>Thursday.</summary>
    Thursday = 8,

    /// <summary>Friday.</summary>
    Friday = 16,

    /// <summary>Saturday.</summary>
    Saturday = 32,

    /// <summary>Sunday.</summary>
    Sunday = 64,

    /// <summary>Every day.</summary>
    All = 127,
}

/// <summary>
/// When a person wants neither notices of the browser nor sounds, by the clock on their own wall: half-open, from a
/// minute up to but not including another. If it ends at or before the minute at which it begins, it goes on past
/// midnight into the next day. In a night in which clocks are put back it lasts longer, as the wall says.
/// </summary>
/// <param name="From">Minutes after midnight at which it begins, 0 to 1439.</param>
/// <param name="To">Minutes after midnight at which it ends, 0 to 1439; the same as <paramref name="From"/> for a whole day.</param>
/// <param name="Days">The days on which it begins.</param>
public sealed record QuietHours(int From, int To, Weekdays Days)
{
    /// <summary>How many minutes a day has on the wall.</summary>
    public const int MinutesOfDay = 24 * 60;

    /// <summary>Whether the times are times of a day, and there is a day.</summary>
    public bool IsSound => From is >= 0 and < MinutesOfDay && To is >= 0 and < MinutesOfDay && Days is > Weekdays.None and <= Weekdays.All;

    /// <summary>Whether it is quiet at that moment.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="zone">Where the person's wall is.</param>
    public bool Covers(DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var wall = TimeZoneInfo.ConvertTime(at, zone);
        var (today, yesterday) = (Has(wall.DayOfWeek), Has(wall.AddDays(-1).DayOfWeek));
        var (from, to) = (TimeSpan.FromMinutes(From), TimeSpan.FromMinutes(To));
        return From < To
            ? today && wall.TimeOfDay >= from && wall.TimeOfDay < to
            : (today && wall.TimeOfDay >= from) || (yesterday && wall.TimeOfDay < to);
    }

    /// <summary>Whether it begins on that day of the week.</summary>
    public bool Has(DayOfWeek day) => Days.HasFlag(Of(day));

    /// <summary>The day of the week among <see cref="Weekdays"/>.</summary>
    public static Weekdays Of(DayOfWeek day) => (Weekdays)(1 << (((int)day + 6) % 7));
}
