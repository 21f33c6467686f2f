using Weflux.Web.Inbox.Several;

namespace Weflux.Tests.Web.Inbox.Several;

public sealed class ChosenRowsTests
{
    private static readonly IReadOnlyList<ChoosableRow> List = [.. Enumerable.Range(1, 9).Select(i => new ChoosableRow(i, $"Customer {i}"))];

    [Fact]
    public void A_row_is_chosen_and_let_go_of()
    {
        var chosen = new ChosenRows();
        chosen.IsOn.Should().BeFalse();

        chosen.Toggle(List[2]).Should().BeTrue();
        chosen.Toggle(List[0]).Should().BeTrue();

        chosen.Ids.Should().Equal([3, 1], "they are changed in the order in which they were chosen");
        chosen.IsOn.Should().BeTrue();
        (chosen.NameOf(3), chosen.NameOf(2)).Should().Be(("Customer 3", (string?)null));
        chosen.Toggle(List[2]);
        chosen.Toggle(List[0]);
        (chosen.Count, chosen.IsOn).Should().Be((0, false));
    }

    [Fact]
    public void Whoever_asked_to_choose_goes_on_choosing_with_none()
    {
        var chosen = new ChosenRows();
        chosen.Begin();
        chosen.Toggle(List[0]);
        chosen.Toggle(List[0]);
        chosen.IsOn.Should().BeTrue();

        chosen.End();
        chosen.IsOn.Should().BeFalse();
    }

    [Fact]
    public void A_stretch_grows_and_shrinks_from_where_it_began_and_leaves_others_alone()
    {
        var chosen = new ChosenRows();
        chosen.Toggle(List[8]);
        chosen.Toggle(List[2]);

        chosen.DrawTo(List, 3, 6).Should().BeTrue();
        chosen.Ids.Should().BeEquivalentTo([9L, 3, 4, 5, 6]);
        chosen.DrawTo(List, 6, 4);
        chosen.Ids.Should().BeEquivalentTo([9L, 3, 4]);
        chosen.DrawTo(List, 4, 1);
        chosen.Ids.Should().BeEquivalentTo([9L, 3, 2, 1]);

        chosen.Toggle(List[5]);
        chosen.DrawTo(List, 6, 7);
        chosen.Ids.Should().BeEquivalentTo([9L, 3, 2, 1, 6, 7], "another stretch leaves the first as it is");
    }

    [Fact]
    public void A_stretch_begins_where_it_is_drawn_from_if_nothing_was_chosen_or_its_beginning_is_gone()
    {
        var chosen = new ChosenRows();
        chosen.DrawTo(List, 4, 5);
        chosen.Ids.Should().Equal(4, 5);

        chosen.DrawTo([.. List.Where(r => r.Id != 4)], 7, 8);
        chosen.Ids.Should().BeEquivalentTo([4L, 5, 7, 8]);
        chosen.DrawTo(List, 7, 99).Should().BeTrue("what is not in the list is not drawn to");
        chosen.Count.Should().Be(4);
    }

    [Fact]
    public void There_is_room_for_so_many_and_no_more()
    {
        var chosen = new ChosenRows(most: 3);
        chosen.DrawTo(List, 1, 5).Should().BeFalse();
        chosen.Ids.Should().Equal(1, 2, 3);
        chosen.Toggle(List[6]).Should().BeFalse();
        chosen.Has(7).Should().BeFalse();
        chosen.Toggle(List[1]).Should().BeTrue("letting go needs no room");
        chosen.Toggle(List[6]).Should().BeTrue();

        chosen.Choose(List);
        chosen.Ids.Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Those_that_leave_are_named_once_and_gone()
    {
        var chosen = new ChosenRows();
        chosen.Choose(List.Take(3));

        chosen.Drop([2, 7]).Should().Equal("Customer 2");
        chosen.Drop([2]).Should().BeEmpty();
        chosen.Ids.Should().Equal(1, 3);
    }
}
