using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Working;

namespace Weflux.Tests.Web.Inbox;

public sealed class TimelineTests
{
    private static readonly DateTimeOffset Closed = Rows.Noon.AddHours(24);

    [Fact]
    public void A_closing_stands_once_even_if_the_head_was_read_before_the_message_that_follows_it()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(1, saidAt: Rows.Noon), Rows.Message(2, saidAt: Rows.Noon.AddHours(30))]));

        Closings(window, Closed, Rows.Noon.AddHours(31)).Should().Equal(Closed);
    }

    [Fact]
    public void Each_closing_stands_where_it_was()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(1, saidAt: Rows.Noon), Rows.Message(2, saidAt: Rows.Noon.AddHours(30))]));

        Closings(window, Rows.Noon.AddHours(54), Rows.Noon.AddHours(60)).Should().Equal(Closed, Rows.Noon.AddHours(54));
    }

    private static IEnumerable<DateTimeOffset> Closings(ThreadWindow window, DateTimeOffset closesAt, DateTimeOffset now) =>
        Timeline.Of(window, [], closesAt, ScreenClock.Utc, now).Select(l => l.Item).OfType<WindowClosedView>().Select(c => c.At);
}
