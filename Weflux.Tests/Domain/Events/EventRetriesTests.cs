using CsCheck;
using Weflux.Domain.Events;

namespace Weflux.Tests.Domain.Events;

public sealed class EventRetriesTests
{
    [Fact]
    public void An_event_is_sent_again_nine_times_over_three_days_and_then_no_more()
    {
        var waits = Enumerable.Range(1, EventRetries.MostTries - 1).Select(tries => EventRetries.After(tries, 0)!.Value).ToList();

        waits.Should().Equal(
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24));
        EventRetries.After(EventRetries.MostTries, 0).Should().BeNull();
        EventRetries.After(int.MaxValue, 1).Should().BeNull();
        waits.Aggregate((a, b) => a + b).Should().BeGreaterThan(TimeSpan.FromDays(3)).And.BeLessThan(EventRetries.Patience);
    }

    [Fact]
    public void A_wait_is_at_most_a_tenth_longer_and_never_shorter() =>
        Gen.Select(Gen.Int[1, 9], Gen.Double[0, 1]).Sample((tries, chance) =>
            EventRetries.After(tries, chance) >= EventRetries.After(tries, 0) && EventRetries.After(tries, chance) <= EventRetries.After(tries, 0) * 1.1001);

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1, 0.5)]
    [InlineData(1, -0.01)]
    [InlineData(1, 1.01)]
    [InlineData(1, double.NaN)]
    public void Nonsense_is_refused(int tries, double chance) =>
        new Action(() => EventRetries.After(tries, chance)).Should().Throw<ArgumentOutOfRangeException>();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 30)]
    [InlineData(4, 60)]
    [InlineData(6, 240)]
    [InlineData(7, 300)]
    [InlineData(1000, 300)]
    public void An_address_that_fails_again_and_again_rests_for_at_most_five_minutes(int failures, int seconds) =>
        EventRetries.Rest(failures).Should().Be(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void An_address_is_given_up_after_exactly_five_days_of_failures()
    {
        EventRetries.IsGivenUp(null, Given.Noon).Should().BeFalse();
        EventRetries.IsGivenUp(Given.Noon, Given.Noon + EventRetries.Patience).Should().BeTrue();
        EventRetries.IsGivenUp(Given.Noon, Given.Noon + EventRetries.Patience - TimeSpan.FromTicks(1)).Should().BeFalse();
    }

    [Fact]
    public void A_failure_proves_nothing_of_what_was_before_the_longest_wait_or_in_the_same_half_day()
    {
        var (earliest, latest) = EventRetries.Before(Given.Noon);

        (Given.Noon - latest).Should().Be(TimeSpan.FromHours(12));
        var longest = EventRetries.After(EventRetries.MostTries - 1, 1)!.Value + EventRetries.Rest(int.MaxValue);
        (Given.Noon - earliest).Should().Be(TimeSpan.FromHours(36)).And.BeGreaterThan(longest, "an event that fails and fails is one story");
    }
}
