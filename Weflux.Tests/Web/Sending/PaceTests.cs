using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Sending;

public sealed class PaceTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(1000)]
    public void A_number_sends_in_a_moment_what_it_may_send_in_a_second_and_no_more(int perSecond)
    {
        using var pace = new SendPace();

        pace.Choose(Rows(1, 2000), int.MaxValue, perSecond).Should().HaveCountGreaterThanOrEqualTo(perSecond).And.HaveCountLessThan(perSecond + 1 + perSecond);
    }

    [Fact]
    public void A_number_at_its_limit_takes_nothing_from_another()
    {
        using var pace = new SendPace();
        pace.Choose(Rows(1, 500), int.MaxValue, 20);

        pace.Choose(Rows(2, 5, from: 1000), int.MaxValue, 20).Should().HaveCount(5);
    }

    [Fact]
    public void A_customer_gets_a_burst_and_then_one_in_six_seconds()
    {
        using var pace = new SendPace();
        var sent = 0;
        for (var i = 0; i < 100; i++)
        {
            sent += pace.Choose([Row(1, 1, i + 1)], 1, 1000).Count;
        }

        sent.Should().BeInRange(45, 46);
        pace.Choose([Row(1, 2, 1000)], 1, 1000).Should().ContainSingle("another customer has an allowance of their own");
    }

    [Fact]
    public void Only_the_first_message_of_a_conversation_goes_and_the_order_is_kept()
    {
        using var pace = new SendPace();

        pace.Choose([Row(1, 1, 1), Row(1, 1, 2), Row(1, 2, 3), Row(1, 2, 4)], 10).Select(r => r.MessageId).Should().Equal(1, 3);
    }

    [Fact]
    public void Waits_grow_are_never_shorter_than_asked_for_and_end() =>
        Gen.Select(Gen.OneOf(2, 4, 80007, 130429, 131016, 131048, 131056, 131057, OwnFaults.NotReached), Gen.Int[0, 100]).Sample((code, times) =>
        {
            var wait = Backoff.OfNumber(code, times);
            wait.Should().BePositive().And.BeLessThanOrEqualTo(TimeSpan.FromHours(1.2));
            var longest = Enumerable.Range(0, 10).Max(_ => Backoff.OfNumber(code, times));
            Enumerable.Range(0, 10).Min(_ => Backoff.OfNumber(code, times + 8)).Should().BeGreaterThan(longest / 1.3);
        });

    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 16)]
    [InlineData(2, 64)]
    [InlineData(3, 256)]
    [InlineData(20, 900)]
    public void The_pair_limit_asks_for_powers_of_four(int refusals, int seconds) =>
        Backoff.After(new PlatformFault(131056, "", null), refusals).TotalSeconds.Should().BeInRange(seconds, seconds * 1.2);

    private static IEnumerable<OutboundMessage> Rows(long connection, int count, int from = 0) =>
        Enumerable.Range(from, count).Select(n => Row(connection, (connection * 10_000) + n, (connection * 10_000) + n));

    private static OutboundMessage Row(long connection, long conversation, long message) => new()
    {
        MessageId = message,
        WorkspaceId = new WorkspaceId(1),
        ConnectionId = connection,
        ConversationId = conversation,
        State = OutboundState.Waiting,
        NextAt = DateTimeOffset.UnixEpoch,
    };
}
