using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Tests.Domain.Conversations;

public sealed class SnoozePolicyTests
{
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    [Fact]
    public void Natural_times_are_those_of_the_clock_on_the_wall()
    {
        // Monday, 11:30 in Kolkata.
        var choices = SnoozePolicy.Choices(new DateTimeOffset(2026, 5, 4, 6, 0, 0, TimeSpan.Zero), Kolkata);

        choices.Select(c => (c.Name, c.At.UtcDateTime.ToString("ddd HH:mm", System.Globalization.CultureInfo.InvariantCulture))).Should().Equal(
            ("In 1 hour", "Mon 07:00"), ("This evening", "Mon 12:30"), ("Tomorrow morning", "Tue 03:30"), ("Monday", "Mon 03:30"));
    }

    [Fact]
    public void In_the_evening_this_evening_is_not_offered() =>
        SnoozePolicy.Choices(new DateTimeOffset(2026, 5, 4, 14, 0, 0, TimeSpan.Zero), Kolkata).Select(c => c.Name)
            .Should().Equal("In 1 hour", "Tomorrow morning", "Monday");

    [Fact]
    public void A_time_that_is_past_is_too_soon() => SnoozePolicy.Judge(Given.Noon.AddSeconds(-1), Given.Noon).Should().Be(DueTime.TooSoon);

    [Fact]
    public void Less_than_a_minute_is_too_soon()
    {
        SnoozePolicy.Judge(Given.Noon.AddSeconds(59), Given.Noon).Should().Be(DueTime.TooSoon);
        SnoozePolicy.Judge(Given.Noon.AddMinutes(1), Given.Noon).Should().Be(DueTime.Fits);
    }

    [Fact]
    public void More_than_a_year_is_too_far()
    {
        SnoozePolicy.Judge(Given.Noon.AddDays(366), Given.Noon).Should().Be(DueTime.Fits);
        SnoozePolicy.Judge(Given.Noon.AddDays(366).AddTicks(1), Given.Noon).Should().Be(DueTime.TooFar);
        SnoozePolicy.Judge(DateTimeOffset.MaxValue, Given.Noon).Should().Be(DueTime.TooFar);
    }
}
