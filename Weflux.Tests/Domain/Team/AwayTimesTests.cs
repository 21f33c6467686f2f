using CsCheck;
using Weflux.Domain.Team;

namespace Weflux.Tests.Domain.Team;

public sealed class AwayTimesTests
{
    [Fact]
    public void People_are_away_for_a_while_or_until_tomorrow_by_the_clock_on_the_wall()
    {
        var kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");
        AwayTimes.Choices(Given.Noon, kolkata).Select(c => (c.Name, c.At)).Should().Equal(
            ("For 30 minutes", Given.Noon.AddMinutes(30)),
            ("For 1 hour", Given.Noon.AddHours(1)),
            ("Until tomorrow morning", new DateTimeOffset(2026, 5, 5, 9, 0, 0, TimeSpan.FromHours(5.5)).ToUniversalTime()));
    }

    [Fact]
    public void Every_choice_lies_ahead_and_can_be_chosen() => Gen.Int[-20_000_000, 20_000_000].Sample(seconds =>
    {
        var now = Given.Second(seconds);
        return AwayTimes.Choices(now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).All(c => c.At > now && c.At <= now + PresenceFacts.LongestAway);
    });
}
