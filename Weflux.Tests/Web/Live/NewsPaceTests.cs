using Weflux.Web.Live;

namespace Weflux.Tests.Web.Live;

public sealed class NewsPaceTests
{
    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(50, 1_000)]
    [InlineData(200, 4_000)]
    [InlineData(60_000, 10_000)]
    public void The_longer_reading_takes_the_rarer_it_is_done_and_never_less_than_every_ten_seconds(int took, int rest) =>
        NewsPace.RestAfter(TimeSpan.FromMilliseconds(took)).Should().Be(TimeSpan.FromMilliseconds(rest));
}
