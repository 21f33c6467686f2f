using Weflux.Web.CloudApi;
using Weflux.Web.Sending;

namespace Weflux.Tests.Web.Sending;

public sealed class SendBreakersTests
{
    [Fact]
    public async Task The_first_messages_of_a_number_that_leave_at_the_same_moment_all_leave()
    {
        var breakers = new SendBreakers(TimeProvider.System);
        for (var number = 0; number < 300; number++)
        {
            var connection = number;
            using var together = new Barrier(2);
            var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            {
                together.SignalAndWait();
                return breakers.CallAsync(connection, () => Task.FromResult<SendResult>(new Accepted("wamid.1")));
            })));
            results.Should().AllBeOfType<Accepted>();
        }
    }

    [Fact]
    public async Task The_breaker_of_one_number_leaves_others_alone()
    {
        var breakers = new SendBreakers(TimeProvider.System);
        for (var call = 0; call < 6; call++)
        {
            await breakers.CallAsync(1, () => Task.FromResult<SendResult>(new Unknown("no answer")));
        }

        breakers.IsOpen(1).Should().BeTrue();
        breakers.IsOpen(2).Should().BeFalse();
        (await breakers.CallAsync(1, () => throw new InvalidOperationException("must not be called"))).Should().BeOfType<NotSent>();
        (await breakers.CallAsync(2, () => Task.FromResult<SendResult>(new Accepted("wamid.2")))).Should().BeOfType<Accepted>();
    }
}
