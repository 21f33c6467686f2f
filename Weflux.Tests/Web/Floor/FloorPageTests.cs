using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Inbox;
using Weflux.Web.Floor;
using Weflux.Web.Inbox;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Floor;

/// <summary>The board as a component, on the real queries, use cases and hub.</summary>
public sealed class FloorPageTests
{
    [Fact]
    public async Task An_Agent_gets_a_refusal_and_no_name()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        await world.SayAsync((await world.MeetAsync()).Id, "Hello");

        var page = Render(world);

        await page.WaitForAssertionAsync(() => page.Find("h1").TextContent.Should().Be("You may not see this"));
        page.Markup.Should().NotContain("Asha");
    }

    [Fact]
    public async Task An_empty_floor_says_so_in_each_lane()
    {
        await using var world = await InboxWorld.OpenAsync();

        var page = Render(world);

        await page.WaitForAssertionAsync(() => page.FindAll(".lane").Should().HaveCount(3));
        page.FindAll(".lane .nothing").Select(n => n.TextContent).Should().Equal(
            "Nobody waits for an answer.", "No unanswered window shuts within two hours.", "Everything has somebody.");
        page.Find(".sum").TextContent.Should().StartWith("Nobody waits.");
    }

    [Fact]
    public async Task A_message_and_a_wait_appear_by_themselves()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.FindAll(".lane").Should().HaveCount(3));

        await world.SayAsync(asha.Id, "Hello");

        await page.WaitForAssertionAsync(() => Lane(page, 0).QuerySelectorAll("[data-card]").Should().ContainSingle());
        page.Find(".sum").TextContent.Should().StartWith("1 customer waits.");
        Lane(page, 0).QuerySelector(".count")!.TextContent.Should().Be("1");
        world.Time.Advance(TimeSpan.FromMinutes(125));
        await page.WaitForAssertionAsync(() => Lane(page, 0).QuerySelector("[data-wait]")!.TextContent.Should().Be("Waits 2 h 5 m"));
    }

    [Fact]
    public async Task A_drop_on_a_person_gives_it_to_them_and_one_on_Unassigned_takes_it_away()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.FindAll("[data-card]").Should().HaveCount(2, "it waits, and nobody holds it"));

        await page.InvokeAsync(() => page.Instance.DropAsync(asha.Id, world.Me.User.Value));

        await page.WaitForAssertionAsync(() => Lane(page, 2).QuerySelectorAll("[data-card]").Should().BeEmpty());
        page.Find(".said p span").TextContent.Should().Be("Ravi holds the conversation with Asha now.");
        Lane(page, 0).QuerySelector("[data-card]")!.GetAttribute("data-holder").Should().Be(world.Me.User.ToString());
        page.Find("[data-person] [data-open]").TextContent.Should().Be("1 open");
        (await HolderAsync(world, asha.Id)).Should().Be(world.Me.User);

        await page.InvokeAsync(() => page.Instance.DropAsync(asha.Id, 0));

        await page.WaitForAssertionAsync(() => Lane(page, 2).QuerySelectorAll("[data-card]").Should().ContainSingle());
        (await HolderAsync(world, asha.Id)).Should().BeNull();
    }

    [Fact]
    public async Task The_menu_of_a_card_does_the_same()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.FindAll("[data-card]").Should().HaveCount(2));

        await Lane(page, 0).QuerySelector(".opener")!.ClickAsync(new());
        await page.WaitForAssertionAsync(() => page.FindAll("[data-panel] [aria-pressed]").Should().ContainSingle());
        await page.Find("[data-panel] [aria-pressed]").ClickAsync(new());

        await page.WaitForAssertionAsync(() => page.Find("[data-person] [data-open]").TextContent.Should().Be("1 open"));
        page.FindAll("[data-panel]").Should().BeEmpty();
        (await HolderAsync(world, asha.Id)).Should().Be(world.Me.User);
    }

    [Fact]
    public async Task A_drop_of_what_is_gone_says_why_and_changes_nothing()
    {
        await using var world = await InboxWorld.OpenAsync();
        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.FindAll(".lane").Should().HaveCount(3));

        await page.InvokeAsync(() => page.Instance.DropAsync(999_999, world.Me.User.Value));

        await page.WaitForAssertionAsync(() => page.Find(".refused").TextContent.Should().Contain("not yours to see any more"));
    }

    [Fact]
    public async Task People_come_and_go_before_ones_eyes()
    {
        await using var world = await InboxWorld.OpenAsync();
        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.Find("[data-person] [data-presence]").GetAttribute("data-presence").Should().Be("Offline"));

        using var open = world.Services.GetRequiredService<OpenPages>().Enter(world.Me);
        await world.Services.GetRequiredService<PresenceBeat>().WelcomeAsync(CancellationToken.None);

        await page.WaitForAssertionAsync(() => page.Find("[data-person] [data-presence]").GetAttribute("data-presence").Should().Be("Available"));
        page.Find(".sum").TextContent.Should().EndWith("1 of 1 person is available.");
    }

    [Fact]
    public async Task A_silent_look_moves_no_read_cursor_and_offers_to_open_it_fully()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");

        var page = Render(world, asha.Id);
        await page.WaitForAssertionAsync(() => page.FindAll(".look article").Should().ContainSingle());
        var thread = page.FindComponent<ThreadPane>();
        await thread.InvokeAsync(() => thread.Instance.ViewChangedAsync(isVisible: true, isAtEnd: true));

        page.Find(".look .bar").TextContent.Should().Contain("no blue ticks");
        page.FindAll(".look textarea").Should().BeEmpty("whoever looks silently does not write");
        page.Find(".fully a").GetAttribute("href").Should().Be($"/w/chai/inbox/{asha.Id}");
        (await world.ReadAsync(db => db.Set<ReadCursor>().CountAsync())).Should().Be(0);

        // The same in the inbox does move it: what is tested above could fail.
        var fully = world.RenderThread(asha.Id);
        await fully.WaitForAssertionAsync(() => fully.FindAll("article").Should().ContainSingle());
        await fully.InvokeAsync(() => fully.Instance.ViewChangedAsync(isVisible: true, isAtEnd: true));
        (await world.ReadAsync(db => db.Set<ReadCursor>().CountAsync())).Should().Be(1);
    }

    private static IRenderedComponent<FloorPage> Render(InboxWorld world, long? look = null) =>
        world.Render<FloorPage>(parameters => parameters.Add(p => p.Workspace, InboxWorld.Slug).Add(p => p.ConversationId, look));

    private static AngleSharp.Dom.IElement Lane(IRenderedComponent<FloorPage> page, int nth) => page.FindAll(".lane")[nth];

    private static Task<UserId?> HolderAsync(InboxWorld world, long id) =>
        world.ReadAsync(db => db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.AssigneeId).SingleAsync());
}
