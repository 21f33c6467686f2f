using CsCheck;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Sending;

public sealed class WallClockTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    [Fact]
    public void A_time_over_which_the_clocks_are_put_forward_does_not_exist()
    {
        WallClock.Read(new DateTime(2026, 3, 29, 2, 30, 0), Berlin, out _).Should().Be(WallTime.Never);
        WallClock.Read(new DateTime(2026, 3, 29, 3, 0, 0), Berlin, out var at).Should().Be(WallTime.Once);
        at.Should().Be(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_time_over_which_the_clocks_are_put_back_comes_twice_and_the_first_is_meant()
    {
        WallClock.Read(new DateTime(2026, 10, 25, 2, 30, 0), Berlin, out var at).Should().Be(WallTime.Twice);
        at.Should().Be(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero));
    }

    [Fact]
    public void What_the_clock_shows_is_read_as_the_moment_that_it_shows() =>
        Gen.Select(Gen.Int[0, 3 * 365 * 24 * 60], Gen.Int[0, 2]).Sample((minutes, nth) =>
        {
            var zone = new[] { Berlin, Kolkata, TimeZoneInfo.FindSystemTimeZoneById("America/St_Johns") }[nth];
            var moment = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
            var read = WallClock.Read(WallClock.Show(moment, zone), zone, out var at);
            read.Should().NotBe(WallTime.Never, "it was shown");
            (moment - at == TimeSpan.Zero || (read == WallTime.Twice && moment - at == TimeSpan.FromHours(1))).Should().BeTrue();
        });

    [Theory]
    [InlineData("2026-11-24T12:00", "Later today 24 18:00, Tomorrow 25 09:00, Monday 30 09:00")] // a Tuesday
    [InlineData("2026-11-24T16:59", "Later today 24 18:00, Tomorrow 25 09:00, Monday 30 09:00")]
    [InlineData("2026-11-24T17:00", "Tomorrow 25 09:00, Monday 30 09:00")]
    [InlineData("2026-11-24T23:59", "Tomorrow 25 09:00, Monday 30 09:00")]
    [InlineData("2026-11-29T20:00", "Tomorrow 30 09:00")] // a Sunday: tomorrow is Monday
    [InlineData("2026-11-23T08:00", "Later today 23 18:00, Tomorrow 24 09:00, Monday 30 09:00")] // a Monday: the next one
    public void The_quick_choices_are_those_of_the_clock_on_the_wall(string now, string says)
    {
        WallClock.Read(DateTime.Parse(now, System.Globalization.CultureInfo.InvariantCulture), Kolkata, out var at).Should().Be(WallTime.Once);

        var choices = WallClock.Choices(at, Kolkata).Select(c => $"{c.Name} {WallClock.Show(c.At, Kolkata):dd HH:mm}");

        string.Join(", ", choices).Should().Be(says);
    }
}
