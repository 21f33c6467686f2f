using CsCheck;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox;

public sealed class ListWindowTests
{
    private const int Page = 3;
    private const int Capacity = 8;

    [Fact]
    public void A_changed_row_moves_to_the_top()
    {
        var window = Window(Rows.Row(1, minute: 3), Rows.Row(2, minute: 2), Rows.Row(3, minute: 1));

        window.Apply(new ChangedRows([Rows.Row(3, minute: 9, version: 2)], []));

        window.Rows.Select(r => r.Id).Should().Equal(3, 1, 2);
    }

    [Fact]
    public void Those_that_wait_for_an_answer_stand_before_newer_ones()
    {
        var window = Window(Rows.Row(1, minute: 1), Rows.Row(2, minute: 2), Rows.Row(3, minute: 9, needsReply: false));

        window.Rows.Select(r => r.Id).Should().Equal(2, 1, 3);
    }

    [Fact]
    public void By_time_alone_the_newest_is_first()
    {
        var window = new ListWindow(InboxView.Newest);
        window.Reset(Rows.Page([Rows.Row(1, minute: 1), Rows.Row(3, minute: 9, needsReply: false)], hasMore: false), from: null);

        window.Rows.Select(r => r.Id).Should().Equal(3, 1);
    }

    [Fact]
    public void Within_one_second_what_came_later_stands_above()
    {
        var window = Window(Rows.Row(9, sequence: 1), Rows.Row(8, sequence: 2));

        window.Apply(new ChangedRows([Rows.Row(1, sequence: 3)], []));

        window.Rows.Select(r => r.Id).Should().Equal(1, 8, 9);
    }

    [Fact]
    public void Rows_that_moved_in_by_themselves_are_let_go_at_the_far_side()
    {
        var window = Window([.. Enumerable.Range(1, 30).Select(i => Rows.Row(i, sequence: i))]);

        window.Apply(new ChangedRows([.. Enumerable.Range(31, 40).Select(i => Rows.Row(i, sequence: i))], []));

        window.Rows.Should().HaveCount(40);
        window.Rows[0].Id.Should().Be(70);
        window.HasBelow.Should().BeTrue();
    }

    [Fact]
    public void Rows_that_were_read_stay_when_others_move_in()
    {
        var window = new ListWindow(InboxView.Default);
        window.Reset(Rows.Page(Enumerable.Range(1, 30).Select(i => Rows.Row(i, sequence: -i)), hasMore: true), from: null);
        window.Append(Rows.Page(Enumerable.Range(31, 50).Select(i => Rows.Row(i, sequence: -i)), hasMore: false));

        window.Apply(new ChangedRows([.. Enumerable.Range(101, 10).Select(i => Rows.Row(i, sequence: i))], []));

        window.Rows.Should().HaveCount(90);
        window.HasBelow.Should().BeFalse();
    }

    [Fact]
    public void A_row_that_is_gone_leaves()
    {
        var window = Window(Rows.Row(1, minute: 3), Rows.Row(2, minute: 2));

        window.Apply(new ChangedRows([], [1]));

        window.Rows.Select(r => r.Id).Should().Equal(2);
    }

    [Fact]
    public void An_older_version_changes_nothing()
    {
        var window = Window(Rows.Row(1, minute: 3, version: 5));

        window.Apply(new ChangedRows([Rows.Row(1, minute: 9, version: 4)], []));

        window.Rows.Should().ContainSingle().Which.Version.Should().Be(5);
    }

    [Fact]
    public void The_same_version_changes_what_is_the_readers_own()
    {
        var window = Window(Rows.Row(1, unread: 4));

        window.Apply(new ChangedRows([Rows.Row(1, unread: 0)], []));

        window.Rows.Should().ContainSingle().Which.UnreadCount.Should().Be(0);
    }

    [Fact]
    public void A_new_row_above_a_window_that_is_not_at_the_top_is_not_shown()
    {
        var window = new ListWindow(InboxView.Default);
        window.Reset(Rows.Page([Rows.Row(1, minute: 1)], hasMore: false), from: ListCursor.Of(Rows.Row(9, minute: 5)));

        window.Apply(new ChangedRows([Rows.Row(2, minute: 7)], []));

        window.Rows.Select(r => r.Id).Should().Equal(1);
        window.HasAbove.Should().BeTrue();
    }

    [Fact]
    public void A_long_list_lets_go_of_its_far_side()
    {
        var window = new ListWindow(InboxView.Default, capacity: 4);
        window.Reset(Rows.Page(Enumerable.Range(0, 4).Select(i => Rows.Row(i + 1, minute: -i)), hasMore: true), from: null);

        window.Append(Rows.Page([Rows.Row(5, minute: -4), Rows.Row(6, minute: -5)], hasMore: false));

        window.Rows.Select(r => r.Id).Should().Equal(3, 4, 5, 6);
        window.HasAbove.Should().BeTrue();
        window.HasBelow.Should().BeFalse();
    }

    [Fact]
    public void A_window_that_lost_every_row_says_so()
    {
        var window = new ListWindow(InboxView.Default);
        window.Reset(Rows.Page([Rows.Row(1)], hasMore: true), from: null);

        window.Apply(new ChangedRows([], [1]));

        window.IsLost.Should().BeTrue();
    }

    [Fact]
    public void Whatever_happens_it_is_a_gapless_stretch_of_the_sorted_list() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 5].Array[0, 40], Gen.Select(Gen.Int[0, 4], Gen.Int[1, 20], Gen.Int[0, 30], Gen.Bool).Array[0, 60])
            .Sample((byWaiting, start, steps) =>
            {
                var order = byWaiting ? ListOrder.NeedsReplyFirst : ListOrder.Newest;
                var list = new SortedList(order);
                for (var i = 0; i < start.Length; i++)
                {
                    list.Put(Rows.Row(i + 1, start[i] * 7 % 11, start[i] % 2 == 0, sequence: i * 3 % 4));
                }

                var window = new ListWindow(InboxView.Default with { Order = order }, Capacity);
                window.Reset(list.After(null, Page), from: null);
                foreach (var (kind, id, minute, needsReply) in steps)
                {
                    Step(window, list, kind, Rows.Row(id, minute, needsReply, list.NextVersion(), sequence: id * 7 % 5));
                    list.ShouldHold(window);
                }
            });

    private static void Step(ListWindow window, SortedList list, int kind, ConversationRow row)
    {
        switch (kind)
        {
            case 0:
                list.Remove(row.Id);
                window.Apply(new ChangedRows([], [row.Id]));
                break;
            case 1 when window.HasBelow && window.Bottom is { } bottom:
                window.Append(list.After(bottom, Page));
                break;
            case 2 when window.HasAbove && window.Top is { } top:
                window.Prepend(list.Before(top, Page));
                break;
            case 3:
                var from = window.Start;
                window.Reset(list.After(from, window.Extent(Page)), from);
                break;
            default:
                list.Put(row);
                window.Apply(new ChangedRows([row], []));
                break;
        }
    }

    private static ListWindow Window(params ConversationRow[] rows)
    {
        var window = new ListWindow(InboxView.Default);
        window.Reset(Rows.Page(rows, hasMore: false), from: null);
        return window;
    }

    /// <summary>The whole list, as the database would page it.</summary>
    private sealed class SortedList(ListOrder order)
    {
        private readonly Dictionary<long, ConversationRow> _rows = [];
        private long _version = 1;

        public long NextVersion() => ++_version;

        public void Put(ConversationRow row) => _rows[row.Id] = row;

        public void Remove(long id) => _rows.Remove(id);

        public ConversationPage After(ListCursor? cursor, int take)
        {
            var found = Sorted().Where(r => cursor is null || Compare(Key(r), Key(cursor)) < 0).ToList();
            return Rows.Page(found.Take(take), found.Count > take);
        }

        public ConversationPage Before(ListCursor cursor, int take)
        {
            var found = Sorted().Where(r => Compare(Key(r), Key(cursor)) > 0).ToList();
            return Rows.Page(found.TakeLast(take), found.Count > take);
        }

        public void ShouldHold(ListWindow window)
        {
            var all = Sorted();
            window.Rows.Count.Should().BeLessThanOrEqualTo(Capacity);
            var first = window.Rows.Count == 0 ? 0 : all.FindIndex(r => r.Id == window.Rows[0].Id);
            window.Rows.Should().Equal(all.Skip(first).Take(window.Rows.Count));
            if (!window.HasAbove)
            {
                first.Should().Be(0);
            }

            if (!window.HasBelow && !window.IsLost)
            {
                (first + window.Rows.Count).Should().Be(all.Count);
            }
        }

        private List<ConversationRow> Sorted() => [.. _rows.Values.OrderByDescending(Key)];

        private (bool, DateTimeOffset, long, long) Key(ConversationRow row) => Key(ListCursor.Of(row));

        private (bool, DateTimeOffset, long, long) Key(ListCursor cursor) =>
            (order == ListOrder.NeedsReplyFirst && cursor.NeedsReply, cursor.LastActivityAt, cursor.LastSequence, cursor.Id);

        private static int Compare((bool, DateTimeOffset, long, long) a, (bool, DateTimeOffset, long, long) b) => a.CompareTo(b);
    }
}
