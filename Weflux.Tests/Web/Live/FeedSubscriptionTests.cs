using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Live;

public sealed class FeedSubscriptionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<FeedNews> _news = [];
    private readonly TaskCompletionSource _handled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_screen_that_is_idle_hears_at_once()
    {
        _handled.SetResult();
        using var subscription = Subscribe();

        subscription.Push([Hint(1)]);
        await HeardAsync(1);
        subscription.Push([Hint(2)]);
        await HeardAsync(2);
    }

    [Fact]
    public async Task What_arrives_while_a_screen_is_busy_merges_into_one()
    {
        using var subscription = Subscribe();
        subscription.Push([Hint(1)]);
        await HeardAsync(1);

        subscription.Push([Hint(7, version: 2)]);
        subscription.Push([Hint(8)]);
        subscription.Push([Hint(7, version: 1)]);
        _handled.SetResult();

        await HeardAsync(2);
        _news[1].Hints.Select(h => (h.ConversationId, h.Version)).Should().BeEquivalentTo([(7L, 2L), (8L, 1L)]);
    }

    [Fact]
    public async Task After_a_slow_rendering_a_screen_rests_as_long_again()
    {
        using var subscription = Subscribe();
        subscription.Push([Hint(1)]);
        await HeardAsync(1);
        subscription.Push([Hint(2)]);

        _time.Advance(TimeSpan.FromMilliseconds(20));
        _handled.SetResult();
        await Task.Yield();
        _news.Should().ContainSingle();

        await Eventually.BeAsync(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(20));
            return Task.FromResult(_news.Count == 2);
        });
    }

    [Fact]
    public async Task News_of_the_readers_own_is_not_lost_in_a_merge()
    {
        using var subscription = Subscribe();
        subscription.Push([Hint(1)]);
        await HeardAsync(1);

        subscription.Push([Hint(7, version: 4) with { IsOwn = true }]);
        subscription.Push([Hint(7, version: 5)]);
        subscription.Push([Hint(8, version: 5)]);
        subscription.Push([Hint(8, version: 4) with { IsOwn = true }]);
        _handled.SetResult();

        await HeardAsync(2);
        _news[1].Hints.Should().OnlyContain(h => h.IsOwn && h.Version == 5);
    }

    private FeedSubscription Subscribe() => new(
        async news =>
        {
            lock (_news)
            {
                _news.Add(news);
            }

            await _handled.Task;
        },
        _ => { },
        _time,
        NullLogger.Instance);

    private Task HeardAsync(int count) => Eventually.BeAsync(() => Task.FromResult(_news.Count == count));

    private static ConversationHint Hint(long id, long version = 1) => new(id, version, null, null, ConversationState.Open);
}
