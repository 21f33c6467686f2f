using Weflux.Tests.Support;
using Weflux.Web.Data;

namespace Weflux.Tests.Web.Data;

public sealed class RoundsTests
{
    [Fact]
    public async Task One_that_fails_is_told_and_keeps_none_of_the_others_from_its_turn()
    {
        using var log = new HostLog();
        var done = new List<int>();

        var failed = await Rounds.EachAsync(new[] { 1, 2, 3 }, DoAsync, log.CreateLogger("rounds"));

        failed.Should().Equal(2);
        done.Should().Equal(1, 3);
        log.Lines.Should().ContainSingle().Which.Should().Contain("A round of housekeeping failed");

        async Task DoAsync(int nth)
        {
            await Task.Yield();
            if (nth == 2)
            {
                throw new InvalidOperationException("two");
            }

            done.Add(nth);
        }
    }

    [Fact]
    public async Task Who_ends_the_program_ends_the_others_too()
    {
        using var log = new HostLog();

        var all = () => Rounds.EachAsync(new[] { 1, 2 }, _ => Task.FromException(new OperationCanceledException()), log.CreateLogger("rounds"));

        await all.Should().ThrowAsync<OperationCanceledException>();
        log.Lines.Should().BeEmpty();
    }
}
