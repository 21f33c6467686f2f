namespace Weflux.Domain.Team;

/// <summary>One stretch of a weekday, half-open: from the minute <paramref name="From"/> up to but not including <paramref name="To"/>.</summary>
/// <param name="Day">The weekday.</param>
/// <param name="From">Minutes after midnight on the clock of the wall, 0 to 1439.</param>
/// <param name="To">Minutes after midnight, 1 to 1440; 1440 is the end of the day.</param>
public sealed record OpenRange(DayOfWeek Day, int From, int To);

/// <summary>
/// When a business is open, week after week, by the clock of its own wall. No range at all means that it is never open.
/// When clocks go forward, what lies in the skipped hour does not take place; when they go back, what lies in the
/// repeated hour takes place twice, because the wall shows it twice.
/// </summary>
public sealed record BusinessHours
{
    /// <summary>How many stretches one day may have.</summary>
    public const int MostPerDay = 4;

    private const int MinutesOfDay = 24 * 60;

    private BusinessHours(IReadOnlyList<OpenRange> ranges) => Ranges = ranges;

    /// <summary>Every stretch, Monday first, in order; none overlaps another.</summary>
    public IReadOnlyList<OpenRange> Ranges { get; }

    /// <summary>Reads hours as somebody entered them.</summary>
    /// <returns>What is wrong with them; <see cref="HoursFault.None"/> if nothing is.</returns>
    public static HoursFault Read(IEnumerable<OpenRange> ranges, out BusinessHours? hours)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        hours = null;
        var sorted = ranges.OrderBy(r => ((int)r.Day + 6) % 7).ThenBy(r => r.From).ToList();
        if (sorted.Exists(r => r.Day is < DayOfWeek.Sunday or > DayOfWeek.Saturday || r.From is < 0 or >= MinutesOfDay || r.To is < 1 or > MinutesOfDay))
        {
            return HoursFault.OutsideOfDay;
        }

        if (sorted.Exists(r => r.To <= r.From))
        {
            return HoursFault.EndsBeforeItBegins;
        }

        if (sorted.Zip(sorted.Skip(1)).Any(pair => pair.First.Day == pair.Second.Day && pair.Second.From < pair.First.To))
        {
            return HoursFault.Overlap;
        }

        if (sorted.GroupBy(r => r.Day).Any(day => day.Count() > MostPerDay))
        {
            return HoursFault.TooMany;
        }

        hours = new BusinessHours(sorted);
        return HoursFault.None;
    }

    /// <summary>Whether the business is open at that moment.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="zone">Where the wall is.</param>
    public bool IsOpenAt(DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var wall = TimeZoneInfo.ConvertTime(at, zone);
        return Ranges.Any(r => r.Day == wall.DayOfWeek && wall.TimeOfDay >= TimeSpan.FromMinutes(r.From) && wall.TimeOfDay < TimeSpan.FromMinutes(r.To));
    }

    /// <summary>When the business is open next: the moment itself if it is open then; null if it never is.</summary>
    /// <param name="at">The moment from which to look.</param>
    /// <param name="zone">Where the wall is.</param>
    public DateTimeOffset? NextOpenAt(DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (IsOpenAt(at, zone))
        {
            return at;
        }

        // The wall opens a business either because a stretch begins or because the clock was moved into one. Two weeks,
        // because the only stretch of a week may lie in a skipped hour.
        var today = TimeZoneInfo.ConvertTime(at, zone).Date;
        for (var day = today; day <= today.AddDays(14); day = day.AddDays(1))
        {
            var opening = Beginnings(day, zone).Append(MovedAt(day, zone)).OfType<DateTimeOffset>()
                .Where(moment => moment > at && IsOpenAt(moment, zone)).Order().FirstOrDefault();
            if (opening != default)
            {
                return opening.ToUniversalTime();
            }
        }

        return null;
    }

    private IEnumerable<DateTimeOffset?> Beginnings(DateTime day, TimeZoneInfo zone)
    {
        foreach (var range in Ranges.Where(r => r.Day == day.DayOfWeek))
        {
            var wall = day.AddMinutes(range.From);
            if (zone.IsInvalidTime(wall))
            {
                continue;
            }

            foreach (var offset in zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall) : [zone.GetUtcOffset(wall)])
            {
                yield return new DateTimeOffset(wall, offset);
            }
        }
    }

    /// <summary>The moment of that day at which clocks are moved; null if they are not.</summary>
    private static DateTimeOffset? MovedAt(DateTime day, TimeZoneInfo zone)
    {
        var from = new DateTimeOffset(day, TimeSpan.Zero).AddHours(-14);
        var until = from.AddHours(24 + 28);
        if (zone.GetUtcOffset(from) == zone.GetUtcOffset(until))
        {
            return null;
        }

        while (until - from > TimeSpan.FromMinutes(1))
        {
            var middle = from.AddMinutes(Math.Floor((until - from).TotalMinutes / 2));
            (from, until) = zone.GetUtcOffset(middle) == zone.GetUtcOffset(until) ? (from, middle) : (middle, until);
        }

        return TimeZoneInfo.ConvertTime(until, zone).Date == day ? until : null;
    }
}

/// <summary>Why hours cannot be taken.</summary>
public enum HoursFault
{
    /// <summary>They can.</summary>
    None,

    /// <summary>A time is none of the day, or a day none of the week.</summary>
    OutsideOfDay,

    /// <summary>A stretch ends at or before its beginning. One that goes past midnight is two: up to 24:00, and from 00:00 of the next day.</summary>
    EndsBeforeItBegins,

    /// <summary>Two stretches of a day overlap.</summary>
    Overlap,

    /// <summary>A day has more than <see cref="BusinessHours.MostPerDay"/> stretches.</summary>
    TooMany,
}
