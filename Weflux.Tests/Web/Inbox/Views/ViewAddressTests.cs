using System.Reflection;
using CsCheck;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;

namespace Weflux.Tests.Web.Inbox.Views;

public sealed class ViewAddressTests
{
    private static readonly Gen<long?> Ids = Gen.OneOf(Gen.Const((long?)null), Gen.Long[0, long.MaxValue].Select(i => (long?)i));
    private static readonly Gen<DateOnly?> Days = Gen.OneOf(Gen.Const((DateOnly?)null), Gen.Int[0, 3_000_000].Select(d => (DateOnly?)DateOnly.FromDayNumber(d)));

    [Fact]
    public void An_address_says_what_the_view_is_and_is_read_as_the_same_view() =>
        Gen.Select(
                Gen.Enum<ViewKind>(), Gen.Enum<ListOrder>(), Gen.Select(Ids, Ids, Ids, Ids, Ids), Gen.Select(Days, Days), Gen.Int[0, 3], Gen.Select(Gen.Bool, Gen.Bool))
            .Sample((kind, order, ids, days, window, facts) =>
            {
                var view = new InboxView
                {
                    Kind = kind,
                    Order = kind is ViewKind.All or ViewKind.Mine or ViewKind.Unassigned or ViewKind.TakingPart ? order : ListOrder.NeedsReplyFirst,
                    Filter = new ViewFilter
                    {
                        ConnectionId = ids.Item1,
                        AssigneeId = ids.Item2,
                        LabelId = ids.Item3,
                        StageId = ids.Item4,
                        TeamId = ids.Item5,
                        From = days.Item1,
                        To = days.Item2,
                        Window = window == 0 ? null : (WindowState)window,
                        IsUnread = facts.Item1,
                        HasFailed = facts.Item2,
                    },
                };
                Read(ViewAddress.Query(view)).Should().Be(view);
                Read(ViewAddress.Query(view, 7)).Should().Be(view, "what it was before is beside it");
            });

    [Theory]
    [InlineData("?view=everything")]
    [InlineData("?view=")]
    [InlineData("?order=oldest")]
    [InlineData("?number=abc&assignee=-1&label=1e3&stage=99999999999999999999")]
    [InlineData("?window=ajar&from=yesterday&to=2026-13-45")]
    [InlineData("?unread=true&failed=yes")]
    [InlineData("?from=04/05/2026&label=%00")]
    public void What_makes_no_sense_in_an_address_is_passed_over(string query) => Read(query).Should().Be(InboxView.Default);

    [Fact]
    public void The_page_hears_of_every_part_of_an_address()
    {
        var heard = typeof(InboxPage).GetProperties()
            .SelectMany(p => p.GetCustomAttributes(typeof(SupplyParameterFromQueryAttribute), inherit: false))
            .Select(a => ((SupplyParameterFromQueryAttribute)a).Name!).ToList();
        var parts = typeof(ViewAddress).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToList();

        parts.Should().BeSubsetOf(heard);
    }

    [Fact]
    public void The_page_makes_a_view_of_every_part_it_hears_of()
    {
        using var page = new InboxPage();
        var read = typeof(InboxPage).GetMethod("PartOf", BindingFlags.Instance | BindingFlags.NonPublic)!;
        foreach (var property in typeof(InboxPage).GetProperties())
        {
            var name = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()?.Name;
            if (name is ViewAddress.Kind or ViewAddress.Order or ViewAddress.Number or ViewAddress.Assignee or ViewAddress.Team or ViewAddress.Label
                or ViewAddress.Stage or ViewAddress.Window or ViewAddress.From or ViewAddress.To or ViewAddress.Unread or ViewAddress.Failed)
            {
                property.SetValue(page, name);
                read.Invoke(page, [name]).Should().Be(name);
            }
        }
    }

    [Fact]
    public void What_is_shown_when_nothing_is_said_needs_no_words() => ViewAddress.Query(InboxView.Default).Should().BeEmpty();

    [Fact]
    public void A_chip_for_each_thing_takes_off_that_alone()
    {
        var filter = new ViewFilter { LabelId = 3, AssigneeId = ViewFilter.Nobody, Window = WindowState.Closing, IsUnread = true, From = new DateOnly(2026, 5, 4) };
        var choices = new ViewChoices([], [], [new ViewChoice(3, "VIP")], []);

        var chips = FilterChips.Of(filter, choices).ToList();

        chips.Select(c => c.Words).Should().Equal("Held by nobody", "Label VIP", "Window closing", "Since 4 May 2026", "Unread");
        chips[1].Without.Should().Be(filter with { LabelId = null });
        FilterChips.Of(filter with { LabelId = 9 }, choices).Should().Contain(c => c.Words == "Label that is gone");
        chips.Aggregate(filter, (left, chip) => FilterChips.Of(left, choices).First().Without).Should().Be(ViewFilter.None);
    }

    private static InboxView Read(string query)
    {
        var parts = QueryHelpers.ParseQuery(query);
        return ViewAddress.Read(name => parts.TryGetValue(name, out var value) ? value.ToString() : null);
    }
}
