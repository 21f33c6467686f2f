using Microsoft.Extensions.Time.Testing;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

public sealed class ProcessorPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ProcessorPace _pace;
    private long _stored;

    public ProcessorPaceTests() => _pace = new ProcessorPace(_time);

    [Fact]
    public void While_little_arrives_nothing_rests()
    {
        for (var i = 0; i < 50; i++)
        {
            Pass(TimeSpan.FromMilliseconds(10), arrivals: 1, items: 1).Should().Be(TimeSpan.Zero);
        }

        _pace.Mode.Should().Be(ProcessorMode.Calm);
    }

    [Fact]
    public void A_burst_is_taken_in_first()
    {
        Pass(TimeSpan.FromMilliseconds(120), arrivals: 600, items: 200);

        _pace.Mode.Should().Be(ProcessorMode.Burst);
        Pass(TimeSpan.FromMilliseconds(20), arrivals: 100, items: 200).Should().BeGreaterThan(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void What_can_be_kept_up_with_is_applied_as_it_comes()
    {
        Pass(TimeSpan.FromMilliseconds(120), arrivals: 100, items: 60);
        for (var i = 0; i < 60; i++)
        {
            Pass(TimeSpan.FromMilliseconds(20), arrivals: 20, items: 60);
        }

        _pace.Mode.Should().Be(ProcessorMode.KeepingUp);
        Pass(TimeSpan.FromMilliseconds(20), arrivals: 20, items: 200).Should().Be(TimeSpan.Zero, "a full slice means that more waits");
        Pass(TimeSpan.FromMilliseconds(20), arrivals: 20, items: 20).Should().BePositive().And.BeLessThan(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Nothing_waits_for_long_even_in_a_flood()
    {
        Pass(TimeSpan.FromMilliseconds(120), arrivals: 5000, items: 200);

        Pass(TimeSpan.FromMilliseconds(20), arrivals: 500, items: 200, waited: TimeSpan.FromSeconds(11)).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void After_the_flood_it_is_calm_again()
    {
        Pass(TimeSpan.FromMilliseconds(120), arrivals: 5000, items: 200);
        Pass(TimeSpan.FromSeconds(2), arrivals: 10, items: 200);

        _pace.Mode.Should().Be(ProcessorMode.Calm);
    }

    private TimeSpan Pass(TimeSpan time, int arrivals, int items, TimeSpan? waited = null)
    {
        _time.Advance(time);
        _stored += arrivals;
        return _pace.After(items, TimeSpan.FromMilliseconds(20), _stored, waited ?? TimeSpan.FromMilliseconds(30));
    }
}
