using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

public sealed class TryAgainTests : BunitContext
{
    private readonly FakeTimeProvider _time = new();
    private int _tries;

    public TryAgainTests() => Services.AddSingleton<TimeProvider>(_time);

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(4, 60)]
    [InlineData(900, 60)]
    public async Task It_tries_by_itself_and_waits_longer_each_time(int triesBefore, int seconds)
    {
        var pane = Render<TryAgain>(p => p.Add(t => t.Tries, triesBefore).Add(t => t.OnTry, () => _tries++));

        _time.Advance(TimeSpan.FromSeconds(seconds - 1));
        _tries.Should().Be(0);
        _time.Advance(TimeSpan.FromSeconds(1));

        await pane.WaitForAssertionAsync(() => _tries.Should().Be(1));
    }

    [Fact]
    public void A_click_tries_at_once()
    {
        Render<TryAgain>(p => p.Add(t => t.OnTry, () => _tries++)).Find("button").Click();

        _tries.Should().Be(1);
    }

    [Fact]
    public async Task What_is_gone_tries_no_more()
    {
        Render<TryAgain>(p => p.Add(t => t.OnTry, () => _tries++));

        await DisposeComponentsAsync();
        _time.Advance(TimeSpan.FromHours(1));

        _tries.Should().Be(0);
    }
}
