namespace Weflux.Domain.Sending;

/// <summary>How a time on a clock on the wall is to be understood.</summary>
public enum WallTime
{
    /// <summary>There is one such moment.</summary>
    Once = 1,

    /// <summary>The clocks are put back over it, so that it comes twice; the first one is meant.</summary>
    Twice = 2,

    /// <summary>The clocks are put forward over it: there is no such moment.</summary>
    Never = 3,
}

/// <summary>A moment that is offered for a message to go out.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="At">The moment (UTC).</param>
public sealed record LaterChoice(string Name, DateTimeOffset At);

/// <summary>Times as the clock on the wall of the business shows them.</summary>
public static class WallClock
{
    private static readonly TimeOnly Evening = new(18, 0);
    private static readonly TimeOnly Morning = new(9, 0);

    /// <summary>The moment at which a clock of this zone shows this time.</summary>
    /// <param name="local">What the clock shows.</param>
    /// <param name="zone">Where it hangs.</param>
    /// <param name="at">The moment (UTC); meaningless if there is none.</param>
    public static WallTime Read(DateTime local, TimeZoneInfo zone, out DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(zone);
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            at = default;
            return WallTime.Never;
        }

        var isTwice = zone.IsAmbiguousTime(local);

        // The greater offset from UTC is the earlier moment: the one before the clocks were put back.
        var offset = isTwice ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        at = new DateTimeOffset(local, offset).ToUniversalTime();
        return isTwice ? WallTime.Twice : WallTime.Once;
    }

    /// <summary>What a clock of this zone shows.</summary>
    public static DateTime Show(DateTimeOffset at, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return DateTime.SpecifyKind(TimeZoneInfo.ConvertTime(at, zone).DateTime, DateTimeKind.Unspecified);
    }

    /// <summary>Moments that people mean by "later", in their order: this evening if it is more than an hour ahead, tomorrow morning, Monday morning.</summary>
    public static IReadOnlyList<LaterChoice> Choices(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(Show(now, zone));
        var toMonday = ((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7;
        var choices = new List<LaterChoice>();
        Add("Later today", today, Evening, TimeSpan.FromHours(1));
        Add("Tomorrow", today.AddDays(1), Morning, SchedulePolicy.Shortest);

        // On a Sunday, tomorrow is Monday.
        if (toMonday != 1)
        {
            Add("Monday", today.AddDays(toMonday == 0 ? 7 : toMonday), Morning, SchedulePolicy.Shortest);
        }

        return choices;

        void Add(string name, DateOnly day, TimeOnly time, TimeSpan ahead)
        {
            if (Read(day.ToDateTime(time), zone, out var at) != WallTime.Never && at - now > ahead)
            {
                choices.Add(new LaterChoice(name, at));
            }
        }
    }
}
