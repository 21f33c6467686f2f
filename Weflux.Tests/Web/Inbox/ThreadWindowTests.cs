using CsCheck;
using Weflux.Domain.Conversations;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

public sealed class ThreadWindowTests
{
    [Fact]
    public void A_thread_that_goes_on_and_on_lets_its_oldest_messages_go_and_can_read_them_again()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(1)]));
        var many = Enumerable.Range(2, ThreadWindow.Capacity).Select(i => Rows.Message(i)).ToArray();

        window.Merge(Rows.Changes(9, many), mayLetGo: false);
        window.Messages.Should().HaveCount(ThreadWindow.Capacity + 1, "somebody looks back");
        window.Merge(Rows.Changes(10), mayLetGo: true);

        window.Messages.Should().HaveCount(ThreadWindow.Capacity);
        (window.Messages[0].Id, window.HasOlder).Should().Be((2, true));
        window.Prepend(new OlderMessages([Rows.Message(1)], HasOlder: false));
        window.Messages[0].Id.Should().Be(1);
    }

    [Fact]
    public void A_late_message_stands_where_it_was_said()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(1), Rows.Message(5)]));

        window.Merge(Rows.Changes(9, Rows.Message(9, saidAt: Rows.Noon.AddMinutes(3))));

        window.Messages.Select(m => m.Id).Should().Equal(1, 9, 5);
    }

    [Fact]
    public void Messages_of_the_same_second_stand_in_the_order_of_storing()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(2, saidAt: Rows.Noon)]));

        window.Merge(Rows.Changes(9, Rows.Message(3, saidAt: Rows.Noon), Rows.Message(1, saidAt: Rows.Noon)));

        window.Messages.Select(m => m.Id).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void A_change_replaces_the_bubble_in_its_place_and_is_no_new_message()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(1), Rows.Message(2)]));

        var added = window.Merge(Rows.Changes(9, Rows.Message(1, status: DeliveryStatus.Read, change: 9)));

        added.Should().BeEmpty();
        window.Messages.Select(m => (m.Id, m.Status)).Should().Equal((1, DeliveryStatus.Read), (2, DeliveryStatus.None));
    }

    [Fact]
    public void An_older_answer_does_not_undo_a_newer_one()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(1, status: DeliveryStatus.Read, change: 8)], changeSequence: 8));

        window.Merge(Rows.Changes(7, Rows.Message(1, status: DeliveryStatus.Sent, change: 7)));

        window.Messages[0].Status.Should().Be(DeliveryStatus.Read);
        window.ChangeSequence.Should().Be(8);
    }

    [Fact]
    public void A_change_in_the_past_that_is_not_loaded_waits_until_it_is()
    {
        var window = new ThreadWindow(Rows.View([Rows.Message(5)], hasOlder: true));

        window.Merge(Rows.Changes(9, Rows.Message(2)));

        window.Messages.Select(m => m.Id).Should().Equal(5);
        window.Prepend(new OlderMessages([Rows.Message(1), Rows.Message(2)], HasOlder: false));
        window.Messages.Select(m => m.Id).Should().Equal(1, 2, 5);
        window.HasOlder.Should().BeFalse();
    }

    [Fact]
    public void Any_order_of_news_ends_in_the_same_sorted_thread() =>
        Gen.Select(Gen.Int[1, 30], Gen.Int[0, 5]).Array[0, 60].Sample(said =>
        {
            var messages = said.Select(s => Rows.Message(s.Item1, saidAt: Rows.Noon.AddMinutes(s.Item2))).DistinctBy(m => m.Id).ToList();
            var window = new ThreadWindow(Rows.View(messages.Take(messages.Count / 2)));
            foreach (var message in messages)
            {
                window.Merge(Rows.Changes(message.Id, message));
            }

            window.Messages.Should().Equal(messages.OrderBy(m => m.SaidAt).ThenBy(m => m.Sequence));
        });
}
