using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;

namespace Weflux.Tests.Domain.Conversations;

public sealed class ServiceWindowTests
{
    private static readonly Gen<(DateTimeOffset ActedAt, DateTimeOffset ReceivedAt)[]> Acts =
        Gen.Select(Gen.Int[-200_000, 200_000], Gen.Int[-200_000, 200_000])
            .Select((acted, received) => (Given.Second(acted), Given.Second(received)))
            .Array[0, 8];

    [Fact]
    public void Window_closes_exactly_24_hours_after_the_last_customer_message()
    {
        var window = new ServiceWindow(Given.Noon);

        window.ClosesAt.Should().Be(Given.Noon.AddHours(24));
        window.IsOpenAt(Given.Noon).Should().BeTrue();
        window.IsOpenAt(Given.Noon.AddHours(24).AddTicks(-1)).Should().BeTrue();
        window.IsOpenAt(Given.Noon.AddHours(24)).Should().BeFalse();
    }

    [Fact]
    public void Window_that_nobody_opened_is_closed()
    {
        default(ServiceWindow).IsOpenAt(Given.Noon).Should().BeFalse();
        default(ServiceWindow).ClosesAt.Should().BeNull();
        default(ServiceWindow).RemainingAt(Given.Noon).Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(0, 24)]
    [InlineData(1, 23)]
    [InlineData(24, 0)]
    [InlineData(25, 0)]
    public void Remaining_time_falls_to_zero_and_stays_there(int hoursLater, int remaining) =>
        new ServiceWindow(Given.Noon).RemainingAt(Given.Noon.AddHours(hoursLater)).Should().Be(TimeSpan.FromHours(remaining));

    [Fact]
    public void Window_counts_from_the_customers_act_and_not_from_when_we_heard_of_it() =>
        default(ServiceWindow).Extend(Given.Noon, Given.Noon.AddHours(3)).LastCustomerActAt.Should().Be(Given.Noon);

    [Fact]
    public void Act_dated_after_we_heard_of_it_counts_from_when_we_heard_of_it() =>
        default(ServiceWindow).Extend(Given.Noon.AddHours(3), Given.Noon).LastCustomerActAt.Should().Be(Given.Noon);

    [Fact]
    public void Window_never_moves_backwards() =>
        new ServiceWindow(Given.Noon).Extend(Given.Noon.AddTicks(-1), Given.Noon.AddHours(1)).LastCustomerActAt.Should().Be(Given.Noon);

    [Fact]
    public void Later_act_extends_the_window() =>
        new ServiceWindow(Given.Noon).Extend(Given.Noon.AddTicks(1), Given.Noon.AddHours(1)).LastCustomerActAt.Should().Be(Given.Noon.AddTicks(1));

    [Fact]
    public void Acts_in_any_order_and_number_make_the_same_window() =>
        Gen.Select(Acts, Gen.Int).Sample((acts, seed) =>
        {
            var others = acts.Concat(acts).ToArray();
            new Random(seed).Shuffle(others);

            Extended(others).Should().Be(Extended(acts));
        }, iter: Fuzz.Iterations(1_000));

    [Fact]
    public void No_act_ever_shortens_a_window_or_opens_it_past_24_hours_from_hearing_of_it() =>
        Acts.Where(a => a.Length > 0).Sample(acts =>
        {
            var before = Extended(acts[..^1]);
            var after = Extended(acts);

            return (before.ClosesAt is null || after.ClosesAt >= before.ClosesAt)
                && after.ClosesAt <= acts.Max(a => a.ReceivedAt).AddHours(24);
        }, iter: Fuzz.Iterations(1_000));

    private static ServiceWindow Extended(IEnumerable<(DateTimeOffset ActedAt, DateTimeOffset ReceivedAt)> acts) =>
        acts.Aggregate(default(ServiceWindow), (window, act) => window.Extend(act.ActedAt, act.ReceivedAt));
}
