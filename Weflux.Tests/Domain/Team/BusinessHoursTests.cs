using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class BusinessHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly TimeZoneInfo LordHowe = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");

    private static readonly BusinessHours Office = Hours(
        Enumerable.Range(1, 5).SelectMany(day => new OpenRange[] { new((DayOfWeek)day, 9 * 60, 13 * 60), new((DayOfWeek)day, 14 * 60, 18 * 60) }));

    [Theory]
    [InlineData("2026-05-04T03:29:59Z", false)]
    [InlineData("2026-05-04T03:30:00Z", true)]
    [InlineData("2026-05-04T07:29:59Z", true)]
    [InlineData("2026-05-04T07:30:00Z", false)]
    [InlineData("2026-05-04T08:30:00Z", true)]
    [InlineData("2026-05-04T12:30:00Z", false)]
    [InlineData("2026-05-03T04:00:00Z", false)]
    public void It_is_open_from_the_first_minute_up_to_but_not_including_the_last(string at, bool isOpen) =>
        Office.IsOpenAt(At(at), Kolkata).Should().Be(isOpen);

    [Fact]
    public void The_wall_counts_and_not_the_clock_of_the_server()
    {
        Office.IsOpenAt(At("2026-01-12T08:00:00Z"), Berlin).Should().BeTrue("09:00 in winter");
        Office.IsOpenAt(At("2026-07-13T07:00:00Z"), Berlin).Should().BeTrue("09:00 in summer");
        Office.IsOpenAt(At("2026-07-13T16:30:00Z"), Berlin).Should().BeFalse("18:30 in summer");
    }

    [Fact]
    public void The_end_of_the_day_is_24_00_and_the_night_goes_on_at_00_00()
    {
        var bar = Hours([new(DayOfWeek.Friday, 20 * 60, 24 * 60), new(DayOfWeek.Saturday, 0, 2 * 60)]);
        bar.IsOpenAt(At("2026-05-08T23:59:59Z"), TimeZoneInfo.Utc).Should().BeTrue();
        bar.IsOpenAt(At("2026-05-09T00:00:00Z"), TimeZoneInfo.Utc).Should().BeTrue();
        bar.IsOpenAt(At("2026-05-09T02:00:00Z"), TimeZoneInfo.Utc).Should().BeFalse();
    }

    [Fact]
    public void What_lies_in_the_skipped_hour_does_not_take_place()
    {
        // Berlin skips 02:00 to 03:00 on 29 March 2026, a Sunday.
        var night = Hours([new(DayOfWeek.Sunday, 2 * 60, 3 * 60)]);
        night.IsOpenAt(At("2026-03-29T01:00:00Z"), Berlin).Should().BeFalse();
        night.NextOpenAt(At("2026-03-28T12:00:00Z"), Berlin).Should().Be(At("2026-04-05T00:00:00Z"));

        var longer = Hours([new(DayOfWeek.Sunday, (2 * 60) + 30, 5 * 60)]);
        longer.NextOpenAt(At("2026-03-28T12:00:00Z"), Berlin).Should().Be(At("2026-03-29T01:00:00Z"), "the wall goes from 02:00 to 03:00, which is in it");
    }

    [Fact]
    public void What_lies_in_the_repeated_hour_takes_place_twice()
    {
        // New York repeats 01:00 to 02:00 on 1 November 2026, a Sunday.
        var night = Hours([new(DayOfWeek.Sunday, 60, 90)]);
        night.IsOpenAt(At("2026-11-01T05:10:00Z"), NewYork).Should().BeTrue();
        night.IsOpenAt(At("2026-11-01T05:40:00Z"), NewYork).Should().BeFalse();
        night.IsOpenAt(At("2026-11-01T06:10:00Z"), NewYork).Should().BeTrue();
        night.NextOpenAt(At("2026-11-01T05:30:00Z"), NewYork).Should().Be(At("2026-11-01T06:00:00Z"));
        night.NextOpenAt(At("2026-11-01T06:30:00Z"), NewYork).Should().Be(At("2026-11-08T06:00:00Z"));
    }

    [Fact]
    public void Without_any_range_it_is_never_open()
    {
        var never = Hours([]);
        never.IsOpenAt(At("2026-05-04T12:00:00Z"), TimeZoneInfo.Utc).Should().BeFalse();
        never.NextOpenAt(At("2026-05-04T12:00:00Z"), TimeZoneInfo.Utc).Should().BeNull();
    }

    [Fact]
    public void An_open_business_is_open_next_at_the_very_moment()
    {
        var now = At("2026-05-04T05:00:00Z");
        Office.NextOpenAt(now, Kolkata).Should().Be(now);
    }

    /// <summary>Minute by minute, around every kind of change of the clock.</summary>
    [Fact]
    public void The_next_opening_is_the_first_open_minute_there_is() => Gen.Select(
        Gen.OneOf((Berlin, "2026-03-28T00:00Z"), (Berlin, "2026-10-24T00:00Z"), (NewYork, "2026-03-07T00:00Z"), (NewYork, "2026-10-31T00:00Z"), (LordHowe, "2026-04-04T00:00Z"), (LordHowe, "2026-10-03T00:00Z")),
        Gen.Int[0, 60 * 24 * 2],
        Gen.Int[0, 95].Array[2, 2].Where(r => r[0] < r[1]),
        Gen.OneOf(DayOfWeek.Saturday, DayOfWeek.Sunday, DayOfWeek.Monday)).Sample((when, minute, range, day) =>
    {
        var (zone, from) = when;
        var hours = Hours([new(day, range[0] * 15, range[1] * 15)]);
        var at = At(from).AddMinutes(minute);
        var first = Enumerable.Range(0, 60 * 24 * 9).Select(m => at.AddMinutes(m)).FirstOrDefault(m => hours.IsOpenAt(m, zone));
        if (first != default)
        {
            hours.NextOpenAt(at, zone).Should().Be(first);
        }
    }, iter: 200);

    [Theory]
    [InlineData(540, 540, HoursFault.EndsBeforeItBegins)]
    [InlineData(600, 540, HoursFault.EndsBeforeItBegins)]
    [InlineData(-1, 540, HoursFault.OutsideOfDay)]
    [InlineData(1440, 1440, HoursFault.OutsideOfDay)]
    [InlineData(540, 1441, HoursFault.OutsideOfDay)]
    [InlineData(0, 0, HoursFault.OutsideOfDay)]
    [InlineData(0, 1440, HoursFault.None)]
    public void What_is_wrong_with_a_range_is_said(int from, int to, HoursFault fault)
    {
        BusinessHours.Read([new(DayOfWeek.Monday, from, to)], out var hours).Should().Be(fault);
        (hours is null).Should().Be(fault != HoursFault.None);
    }

    [Fact]
    public void A_day_that_is_none_is_refused() => BusinessHours.Read([new((DayOfWeek)7, 0, 60)], out _).Should().Be(HoursFault.OutsideOfDay);

    [Fact]
    public void Ranges_of_a_day_may_touch_and_may_not_overlap()
    {
        BusinessHours.Read([new(DayOfWeek.Monday, 600, 720), new(DayOfWeek.Monday, 540, 600)], out var hours).Should().Be(HoursFault.None);
        hours!.Ranges.Select(r => r.From).Should().Equal(540, 600);
        BusinessHours.Read([new(DayOfWeek.Monday, 540, 601), new(DayOfWeek.Monday, 600, 720)], out _).Should().Be(HoursFault.Overlap);
        BusinessHours.Read([new(DayOfWeek.Monday, 540, 601), new(DayOfWeek.Tuesday, 600, 720)], out _).Should().Be(HoursFault.None);
    }

    [Fact]
    public void A_day_has_at_most_four_ranges()
    {
        BusinessHours.Read(Enumerable.Range(0, 4).Select(i => new OpenRange(DayOfWeek.Monday, i * 60, (i * 60) + 30)), out _).Should().Be(HoursFault.None);
        BusinessHours.Read(Enumerable.Range(0, 5).Select(i => new OpenRange(DayOfWeek.Monday, i * 60, (i * 60) + 30)), out _).Should().Be(HoursFault.TooMany);
    }

    [Fact]
    public void The_week_begins_on_Monday() =>
        Hours([new(DayOfWeek.Sunday, 0, 60), new(DayOfWeek.Monday, 0, 60)]).Ranges.Select(r => r.Day).Should().Equal(DayOfWeek.Monday, DayOfWeek.Sunday);

    private static BusinessHours Hours(IEnumerable<OpenRange> ranges)
    {
        BusinessHours.Read(ranges, out var hours).Should().Be(HoursFault.None);
        return hours!;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
