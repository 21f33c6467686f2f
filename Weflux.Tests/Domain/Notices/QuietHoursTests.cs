using CsCheck;
using Weflux.Domain.Notices;

namespace Weflux.Tests.Domain.Notices;

public sealed class QuietHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly TimeZoneInfo LordHowe = TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe");
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
    private static readonly QuietHours Night = new(22 * 60, 7 * 60, Weekdays.All);

    [Theory]
    [InlineData("2026-05-04T16:29:59Z", false)]
    [InlineData("2026-05-04T16:30:00Z", true)]
    [InlineData("2026-05-05T01:29:59Z", true)]
    [InlineData("2026-05-05T01:30:00Z", false)]
    public void A_night_begins_in_the_evening_and_ends_in_the_morning_by_ones_own_clock(string at, bool isQuiet) =>
        Night.Covers(At(at), Kolkata).Should().Be(isQuiet);

    [Fact]
    public void A_night_belongs_to_the_day_on_which_it_begins()
    {
        var friday = Night with { Days = Weekdays.Friday };
        friday.Covers(At("2026-05-08T22:00:00Z"), TimeZoneInfo.Utc).Should().BeTrue("Friday evening");
        friday.Covers(At("2026-05-09T06:59:00Z"), TimeZoneInfo.Utc).Should().BeTrue("Saturday morning");
        friday.Covers(At("2026-05-08T06:59:00Z"), TimeZoneInfo.Utc).Should().BeFalse("Friday morning");
        friday.Covers(At("2026-05-09T22:00:00Z"), TimeZoneInfo.Utc).Should().BeFalse("Saturday evening");
    }

    [Fact]
    public void An_end_at_the_beginning_means_a_whole_day()
    {
        var sunday = new QuietHours(9 * 60, 9 * 60, Weekdays.Sunday);
        sunday.Covers(At("2026-05-10T08:59:00Z"), TimeZoneInfo.Utc).Should().BeFalse();
        sunday.Covers(At("2026-05-10T09:00:00Z"), TimeZoneInfo.Utc).Should().BeTrue();
        sunday.Covers(At("2026-05-11T08:59:00Z"), TimeZoneInfo.Utc).Should().BeTrue();
        sunday.Covers(At("2026-05-11T09:00:00Z"), TimeZoneInfo.Utc).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, 0, Weekdays.All, true)]
    [InlineData(1439, 1439, Weekdays.Sunday, true)]
    [InlineData(-1, 0, Weekdays.All, false)]
    [InlineData(0, 1440, Weekdays.All, false)]
    [InlineData(1440, 0, Weekdays.All, false)]
    [InlineData(0, -1, Weekdays.All, false)]
    [InlineData(0, 60, Weekdays.None, false)]
    [InlineData(0, 60, (Weekdays)128, false)]
    public void Times_are_times_of_a_day_and_there_is_a_day(int from, int to, Weekdays days, bool isSound) =>
        new QuietHours(from, to, days).IsSound.Should().Be(isSound);

    [Fact]
    public void Every_day_of_the_week_is_one_of_the_seven() =>
        Enum.GetValues<DayOfWeek>().Select(QuietHours.Of).Distinct().Aggregate(Weekdays.None, (all, day) => all | day).Should().Be(Weekdays.All);

    /// <summary>Minute by minute through weeks in which clocks are moved: the wall alone counts.</summary>
    [Fact]
    public void It_is_quiet_exactly_when_the_wall_shows_a_minute_of_a_stretch_that_began_on_a_chosen_day() => Gen.Select(
        Gen.OneOf((Berlin, "2026-03-28T00:00Z"), (Berlin, "2026-10-24T00:00Z"), (NewYork, "2026-03-07T00:00Z"), (NewYork, "2026-10-31T00:00Z"), (LordHowe, "2026-04-04T00:00Z"), (LordHowe, "2026-10-03T00:00Z"), (Kolkata, "2026-05-04T00:00Z")),
        Gen.Int[0, QuietHours.MinutesOfDay - 1],
        Gen.Int[0, QuietHours.MinutesOfDay - 1],
        Gen.Int[1, 127]).Sample(
        (when, from, to, days) =>
        {
            var (zone, start) = when;
            var quiet = new QuietHours(from, to, (Weekdays)days);
            for (var at = At(start); at < At(start).AddDays(2); at = at.AddMinutes(7))
            {
                var wall = TimeZoneInfo.ConvertTime(at, zone).DateTime;
                var minute = (int)wall.TimeOfDay.TotalMinutes;

                // The plainest reckoning: which minutes of a stretch that began today or yesterday lie here?
                var length = to > from ? to - from : QuietHours.MinutesOfDay - from + to;
                var expected = new[] { 0, 1 }.Any(back => quiet.Has(wall.AddDays(-back).DayOfWeek)
                    && minute + (back * QuietHours.MinutesOfDay) >= from && minute + (back * QuietHours.MinutesOfDay) < from + length);
                if (quiet.Covers(at, zone) != expected)
                {
                    return false;
                }
            }

            return true;
        },
        iter: 200);

    [Fact]
    public void A_night_in_which_clocks_move_is_quiet_from_end_to_end()
    {
        foreach (var (from, to) in new[] { ("2026-03-28T21:00:00Z", "2026-03-29T05:00:00Z"), ("2026-10-24T20:00:00Z", "2026-10-25T06:00:00Z") })
        {
            var (begin, end) = (At(from), At(to));
            Night.Covers(begin.AddMinutes(-1), Berlin).Should().BeFalse();
            Enumerable.Range(0, (int)(end - begin).TotalMinutes).Should().OnlyContain(m => Night.Covers(begin.AddMinutes(m), Berlin));
            Night.Covers(end, Berlin).Should().BeFalse();
        }
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
