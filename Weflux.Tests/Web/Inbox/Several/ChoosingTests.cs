using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Inbox;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Several;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Inbox.Several;

/// <summary>The list while somebody chooses in it.</summary>
public sealed class ChoosingTests
{
    [Fact]
    public async Task Rows_are_chosen_the_bar_counts_them_and_a_screen_reader_hears_of_it()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (list, ids) = await OpenAsync(world, 3);
        list.FindAll("[data-chosen]").Should().BeEmpty();

        (await ChooseAsync(list, ids[0])).Should().BeTrue();
        await list.InvokeAsync(() => list.Instance.ChooseUpTo(ids[0], ids[2]));

        Chosen(list).Should().Equal(ids);
        list.Find(".count").TextContent.Should().Be("3 chosen");
        list.Find("[role=status]").TextContent.Should().Be("3 chosen.");
        list.Find($"[data-choose='{ids[0]}']").GetAttribute("aria-label").Should().Be("Choose Customer 2");
        (await ChooseAsync(list, ids[1])).Should().BeFalse();
        Chosen(list).Should().Equal(ids[0], ids[2]);

        await list.InvokeAsync(list.Instance.EndChoosingAsync);
        Chosen(list).Should().BeEmpty();
        list.FindAll("[data-chosen]").Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_chosen_stays_chosen_when_the_list_moves_and_leaves_with_its_row()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (list, ids) = await OpenAsync(world, 3);
        await ChooseAsync(list, ids[0]);
        await ChooseAsync(list, ids[2]);

        await world.SayAsync(ids[2], "Now I am the first");
        await list.WaitForAssertionAsync(() => Ids(list)[0].Should().Be(ids[2]));
        Chosen(list).Should().BeEquivalentTo([ids[0], ids[2]]);

        await world.Services.GetRequiredService<CloseConversation>().ExecuteAsync(world.Me, ids[2]);

        await list.WaitForAssertionAsync(() => Chosen(list).Should().Equal(ids[0]));
        list.Find("[data-told] p").TextContent.Should().Be("Customer 0 left this view and is not chosen any more.");
        list.Find("[role=status]").TextContent.Should().Contain("left this view");
        list.Find(".count").TextContent.Should().Be("1 chosen");
    }

    [Fact]
    public async Task Rows_that_left_unheard_are_let_go_of_when_the_list_is_read_again()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (list, ids) = await OpenAsync(world, 2);
        await ChooseAsync(list, ids[0]);
        await ChooseAsync(list, ids[1]);
        await world.Database.WriteAsync(
            world.Me.Workspace,
            async db =>
            {
                (await db.Set<Conversation>().SingleAsync(c => c.Id == ids[0])).Close();
                await Weflux.Web.Data.WorkspaceCounters.TakeSequenceAsync(db, 5, default);
                return await db.SaveChangesAsync();
            },
            default);

        await world.Services.GetRequiredService<Weflux.Web.Live.ChangeBeat>().BeatAsync(default);

        await list.WaitForAssertionAsync(() => Chosen(list).Should().Equal(ids[1]));
        list.Find("[data-told] p").TextContent.Should().Be("Customer 1 left this view and is not chosen any more.");
    }

    [Fact]
    public async Task All_of_the_view_are_chosen_beyond_what_is_shown_closed_and_opened_again()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (list, ids) = await OpenAsync(world, 32, shown: 30);
        await ChooseAsync(list, ids[0]);

        await list.Find(".all").ClickAsync(new MouseEventArgs());
        await list.WaitForAssertionAsync(() => list.Find(".count").TextContent.Should().Be("32 chosen"));
        list.Find("[role=status]").TextContent.Should().Be("All 32 of this view are chosen.");

        await PressAsync(list, "Close 32 conversations", "Close 32 conversations");

        await list.WaitForAssertionAsync(() => list.Find("[data-told] p").TextContent.Should().Be("32 closed."));
        (await StatesAsync(world)).Should().OnlyContain(s => s == ConversationState.Closed);
        await list.WaitForAssertionAsync(() => list.FindAll("[data-chosen]").Should().BeEmpty());
        await list.WaitForAssertionAsync(() => Ids(list).Should().BeEmpty());

        await list.Find(".undo").ClickAsync(new MouseEventArgs());
        await list.WaitForAssertionAsync(() => list.Find("[data-told] p").TextContent.Should().Be("32 opened again."));
        (await StatesAsync(world)).Should().OnlyContain(s => s == ConversationState.Open);
        await list.WaitForAssertionAsync(() => Ids(list).Take(30).Should().Equal(ids.Take(30)));
        list.FindAll(".undo").Should().BeEmpty("there is nothing to take back of taking back");
    }

    [Fact]
    public async Task What_could_not_be_done_stays_chosen_and_is_named()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (list, ids) = await OpenAsync(world, 3, new InboxView { Kind = ViewKind.All, Order = ListOrder.Newest });
        await world.Services.GetRequiredService<Weflux.Web.Work.Labels.MakeLabel>().ExecuteAsync(world.Me, "Full", LabelColor.Red);
        for (var i = 0; i < Label.MostOnOne; i++)
        {
            await world.Services.GetRequiredService<Weflux.Web.Work.Labels.MakeLabel>().ExecuteAsync(world.Me, $"Label {i}", LabelColor.Red);
        }

        var labels = (await world.Services.GetRequiredService<Weflux.Web.Work.Labels.LabelsQuery>().GetAsync(world.Me))!.Labels;
        foreach (var label in labels.Where(l => l.Name != "Full"))
        {
            await world.Services.GetRequiredService<Weflux.Web.Work.Labels.SetLabel>().ExecuteAsync(world.Me, ids[1], label.Id, isOn: true);
        }

        await list.InvokeAsync(() => list.Instance.ChooseUpTo(ids[0], ids[2]));
        await PressAsync(list, "Label 3 conversations", "Full");

        await list.WaitForAssertionAsync(() => list.Find("[data-told] p").TextContent.Should()
            .Be("2 labelled “Full”, 1 not: Customer 1 has 20 labels, and no room for more."));
        await list.WaitForAssertionAsync(() => Chosen(list).Should().Equal(ids[1]));
        list.Find(".undo").TextContent.Should().Be("Take the label off again");
    }

    [Fact]
    public async Task An_Agent_takes_and_assigns_to_nobody_else()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var (list, ids) = await OpenAsync(world, 2);
        await list.InvokeAsync(() => list.Instance.ChooseUpTo(ids[0], ids[1]));
        await list.WaitForAssertionAsync(() => list.Find("[data-chosen] [data-command=assign]").TextContent.Should().Be("Take"));

        await list.Find("[data-chosen] [data-command=assign]").ClickAsync(new MouseEventArgs());

        await list.WaitForAssertionAsync(() => list.Find("[data-told] p").TextContent.Should().Be("2 taken."));
        await list.Find(".undo").ClickAsync(new MouseEventArgs());
        await list.WaitForAssertionAsync(() => list.Find("[data-told] p").TextContent.Should().Be("2 handed back."));
    }

    [Fact]
    public async Task Another_view_begins_with_none_chosen()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (list, ids) = await OpenAsync(world, 2);
        await ChooseAsync(list, ids[0]);

        list.Render(parameters => parameters.Add(p => p.View, InboxView.Newest));

        await list.WaitForAssertionAsync(() => list.FindAll("[data-chosen]").Should().BeEmpty());
        Chosen(list).Should().BeEmpty();
    }

    /// <summary>A list of customers of whom the last stands first.</summary>
    private static async Task<(IRenderedComponent<ConversationList> List, List<long> Ids)> OpenAsync(InboxWorld world, int count, InboxView? view = null, int? shown = null)
    {
        var ids = new List<long>();
        for (var i = 0; i < count; i++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            ids.Insert(0, (await world.MeetAsync($"Customer {i}")).Id);
        }

        var list = view is null ? world.RenderList() : world.Render<ConversationList>(p => p.Add(l => l.Workspace, InboxWorld.Slug).Add(l => l.View, view));
        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(ids.Take(shown ?? count)));
        return (list, ids);
    }

    private static Task<bool> ChooseAsync(IRenderedComponent<ConversationList> list, long id) => list.InvokeAsync(() => list.Instance.Choose(id));

    /// <summary>Opens a menu of the bar and presses what is in it.</summary>
    private static async Task PressAsync(IRenderedComponent<ConversationList> list, string menu, string item)
    {
        await list.Find($"[data-chosen] button[aria-label='{menu}']").ClickAsync(new MouseEventArgs());
        IElement? found = null;
        await list.WaitForAssertionAsync(() => found = list.FindAll("[data-panel] .wk-item").First(b => b.TextContent.Contains(item, StringComparison.Ordinal)));
        await found!.ClickAsync(new MouseEventArgs());
    }

    private static List<long> Ids(IRenderedComponent<ConversationList> list) =>
        [.. list.FindAll("[data-conversation-id]").Select(e => long.Parse(e.GetAttribute("data-conversation-id")!, CultureInfo.InvariantCulture))];

    private static List<long> Chosen(IRenderedComponent<ConversationList> list) =>
        [.. list.FindAll("[data-choose]").Where(e => e.HasAttribute("checked")).Select(e => long.Parse(e.GetAttribute("data-choose")!, CultureInfo.InvariantCulture))];

    private static Task<List<ConversationState>> StatesAsync(InboxWorld world) => world.ReadAsync(db => db.Set<Conversation>().Select(c => c.State).ToListAsync());
}
