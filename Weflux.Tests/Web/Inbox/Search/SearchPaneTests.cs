using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Keys;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Inbox.Search;

public sealed class SearchPaneTests
{
    [Fact]
    public async Task What_was_found_is_marked_counted_aloud_and_leads_to_its_place()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var id = await world.SayAsync(asha.Id, "Where is my Saffron order?");
        await world.SayAsync(asha.Id, "Hello");

        var pane = Render(world, new SearchWish { Text = "saff" });

        await pane.WaitForAssertionAsync(() => pane.FindAll("[data-hit]").Should().ContainSingle());
        pane.Find("[data-hit] mark").TextContent.Should().Be("Saffron");
        pane.Find("[role=status]").TextContent.Should().Be("1 result");
        pane.Find("[data-hit]").GetAttribute("href").Should().Be(FormattableString.Invariant($"/w/chai/inbox/search/{asha.Id}?q=saff&message={id}"));
        pane.Find("section").GetAttribute("data-search").Should().Be("ready");
    }

    [Theory]
    [InlineData("", "What are you looking for?")]
    [InlineData("  ", "What are you looking for?")]
    [InlineData("😀!", "There is no word in that.")]
    [InlineData("cinnamon", "Nothing found.")]
    public async Task Each_state_says_what_to_do(string typed, string title)
    {
        await using var world = await InboxWorld.OpenAsync();
        var pane = Render(world, new SearchWish { Text = typed });
        await pane.WaitForAssertionAsync(() => pane.Find(".empty-title").TextContent.Should().Be(title));
        pane.Find(".empty").ChildElementCount.Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task Older_ones_are_added_below_and_said()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        for (var i = 0; i < SearchQuery.PageSize + 5; i++)
        {
            await world.SayAsync(asha.Id, string.Create(CultureInfo.InvariantCulture, $"order {i}"));
        }

        var pane = Render(world, new SearchWish { Text = "order" });
        await pane.WaitForAssertionAsync(() => pane.FindAll("[data-hit]").Should().HaveCount(SearchQuery.PageSize));
        await pane.Find("[data-more=messages]").ClickAsync(new());

        await pane.WaitForAssertionAsync(() => pane.FindAll("[data-hit]").Should().HaveCount(SearchQuery.PageSize + 5));
        pane.FindAll("[data-more=messages]").Should().BeEmpty();
        pane.Find("[role=status]").TextContent.Should().StartWith("5 more");
        pane.FindAll("[data-hit] .words")[0].TextContent.Should().Contain("order 24");
    }

    [Fact]
    public async Task Whoever_may_not_look_any_more_is_told_when_asking_for_more()
    {
        await using var world = await InboxWorld.OpenAsync();
        await ManyAsync(world);
        var lost = 0;
        var pane = world.Render<SearchPane>(parameters => parameters
            .Add(p => p.Workspace, InboxWorld.Slug).Add(p => p.Wish, new SearchWish { Text = "order" }).Add(p => p.Board, new ViewBoard())
            .Add(p => p.OnAccessLost, () => { lost++; }));
        await pane.WaitForAssertionAsync(() => pane.FindAll("[data-hit]").Should().HaveCount(SearchQuery.PageSize));
        await world.EditAsync(db => db.Set<Membership>().AcrossWorkspaces().ExecuteDeleteAsync());

        await pane.Find("[data-more=messages]").ClickAsync(new());

        lost.Should().Be(1);
    }

    [Fact]
    public async Task The_focus_stays_in_the_search_when_a_filter_or_the_last_More_goes()
    {
        await using var world = await InboxWorld.OpenAsync();
        await ManyAsync(world);
        var wish = new SearchWish { Text = "order", Direction = MessageDirection.In };
        var pane = Render(world, wish);
        await pane.WaitForAssertionAsync(() => pane.FindAll("[data-hit]").Should().HaveCount(SearchQuery.PageSize));
        pane.Find("[data-more=messages]").HasAttribute("disabled").Should().BeFalse();
        (await KeptAsync(world, pane)).Should().BeEmpty("nobody has the focus of a page that was just opened");

        await pane.Find("[data-more=messages]").ClickAsync(new());
        (await Eventually.SeeAsync(() => KeptAsync(world, pane), kept => kept.Count == 1))[0].Should().Be("[data-hits=messages] li:nth-child(21) a");

        pane.Render(parameters => parameters.Add(p => p.Wish, wish with { Direction = null }));
        (await Eventually.SeeAsync(() => KeptAsync(world, pane), kept => kept.Count == 2))[1].Should().Be(".chips button");
    }

    [Fact]
    public async Task A_second_click_on_what_is_open_asks_to_see_it_again()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var id = await world.SayAsync(asha.Id, "saffron");
        var again = 0;
        var pane = world.Render<SearchPane>(parameters => parameters
            .Add(p => p.Workspace, InboxWorld.Slug).Add(p => p.Wish, new SearchWish { Text = "saffron" }).Add(p => p.Board, new ViewBoard())
            .Add(p => p.OnSeeAgain, () => { again++; }));
        await pane.WaitForAssertionAsync(() => pane.FindAll("[data-hit]").Should().ContainSingle());

        await pane.Find("[data-hit]").ClickAsync(new());
        again.Should().Be(0, "the address leads there");

        pane.Render(parameters => parameters.Add(p => p.Place, new ThreadWish(ThreadWish.Message, id)));
        await pane.Find("[data-hit]").ClickAsync(new());
        again.Should().Be(1);
    }

    [Fact]
    public async Task What_narrows_it_stands_in_the_address_and_can_be_taken_off()
    {
        await using var world = await InboxWorld.OpenAsync();
        var pane = Render(world, new SearchWish { Text = "order", Direction = MessageDirection.Out, From = new DateOnly(2026, 5, 1) });
        await pane.WaitForAssertionAsync(() => pane.FindAll(".chip").Should().HaveCount(2));

        await pane.FindAll(".chip").Single(c => c.TextContent.Contains("From us", StringComparison.Ordinal)).ClickAsync(new());

        world.Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith("/w/chai/inbox/search?q=order&from=2026-05-01");
    }

    [Fact]
    public async Task A_number_is_looked_for_and_kept_out_of_the_address()
    {
        await using var world = await InboxWorld.OpenAsync();
        var field = world.Render<SearchField>(p => p.Add(f => f.Workspace, InboxWorld.Slug));
        await field.Find("input").InputAsync(new() { Value = "98765 43210" });
        await field.Find("form").SubmitAsync();

        var uri = world.Services.GetRequiredService<NavigationManager>().Uri;
        uri.Should().EndWith("/w/chai/inbox/search?typed=1").And.NotContain("98765");
        world.Services.GetRequiredService<TypedNumbers>().Text.Should().Be("98765 43210");
    }

    [Fact]
    public void Every_search_stands_in_its_address_and_comes_back_out_of_it()
    {
        var wish = new SearchWish
        {
            Text = "green \"tea\" & more",
            Kind = SearchKind.Notes,
            ConnectionId = 3,
            HolderId = 0,
            LabelId = 4,
            From = new DateOnly(2026, 5, 1),
            To = new DateOnly(2026, 5, 2),
            Direction = MessageDirection.In,
            AuthorId = 7,
        };
        var address = SearchAddress.Of("chai & co", 5, wish, new ThreadWish(ThreadWish.Note, 9));
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(address[address.IndexOf('?', StringComparison.Ordinal)..]);

        SearchAddress.Read(name => parts.TryGetValue(name, out var value) ? value.ToString() : null).Should().Be(wish);
        SearchAddress.Place(name => parts.TryGetValue(name, out var value) ? value.ToString() : null).Should().Be(new ThreadWish(ThreadWish.Note, 9));
        SearchAddress.IsSearch(address[1..]).Should().BeTrue();
        SearchAddress.IsSearch("w/search/inbox/5").Should().BeFalse();
    }

    [Fact]
    public async Task The_palette_offers_to_search_for_what_is_typed_last_of_all()
    {
        await using var world = await InboxWorld.OpenAsync();
        await world.MeetAsync("Saffron Shop");
        var desk = world.Render<CommandDesk>(p => p.Add(d => d.Slug, InboxWorld.Slug).AddCascadingValue(world.Me));
        await desk.InvokeAsync(() => desk.Instance.OpenAsync("palette", []));
        await desk.Find("[data-find]").InputAsync(new() { Value = "saffron" });

        await desk.WaitForAssertionAsync(() => desk.FindAll("[role=option]").Select(o => o.TextContent.Trim()).Should().Equal("Saffron Shop", "Search for “saffron”"));
        await desk.FindAll("[role=option]")[1].ClickAsync(new());
        world.Services.GetRequiredService<NavigationManager>().Uri.Should().EndWith("/w/chai/inbox/search?q=saffron");
    }

    [Fact]
    public async Task A_thread_opened_at_a_place_shows_what_stands_around_it_and_the_way_to_the_newest()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var first = await world.SayAsync(asha.Id, "saffron at the very beginning");
        await world.ImportAsync(asha.Id, 120);
        await world.SayAsync(asha.Id, "the newest");
        var thread = RenderAt(world, asha.Id, new ThreadWish(ThreadWish.Message, first));

        await thread.WaitForAssertionAsync(() => thread.FindAll("article").Select(a => a.GetAttribute("data-message-id")).Should().Contain(first.ToString(CultureInfo.InvariantCulture)));
        thread.FindAll("article").Should().HaveCount(26);

        // Counted in the turn of the screen, which goes on calling scripts; it is shown after the render, which nothing follows.
        await Eventually.BeAsync(async () =>
        {
            var revealed = 0;
            await thread.InvokeAsync(() => revealed = world.JSInterop.Invocations.Count(i => i.Identifier == "reveal"));
            return revealed == 1;
        });

        // What comes in meanwhile does not stand where it does not belong, and nothing counts as seen.
        await world.SayAsync(asha.Id, "later still");
        await thread.InvokeAsync(() => thread.Instance.ViewChangedAsync(isVisible: true, isAtEnd: true));
        thread.Markup.Should().NotContain("later still");
        (await world.ReadAsync(db => db.Set<ReadCursor>().CountAsync())).Should().Be(0);

        await thread.InvokeAsync(thread.Instance.NewerWishedAsync);
        thread.FindAll("article").Should().HaveCount(76);
        await thread.Find(".newer button:not([data-newer])").ClickAsync(new());
        await thread.WaitForAssertionAsync(() => thread.FindAll("article")[^1].TextContent.Should().Contain("later still"));
        thread.FindAll(".newer").Should().BeEmpty();
    }

    [Fact]
    public async Task A_thread_read_on_to_its_end_is_live_again()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var first = await world.SayAsync(asha.Id, "the beginning");
        await world.ImportAsync(asha.Id, 60);
        var thread = RenderAt(world, asha.Id, new ThreadWish(ThreadWish.Message, first));
        await thread.WaitForAssertionAsync(() => thread.FindAll(".newer").Should().ContainSingle());
        await thread.InvokeAsync(thread.Instance.NewerWishedAsync);
        thread.FindAll("article").Should().HaveCount(61);
        thread.FindAll(".newer").Should().BeEmpty();

        await world.SayAsync(asha.Id, "and on");

        await thread.WaitForAssertionAsync(() => thread.FindAll("article")[^1].TextContent.Should().Contain("and on"));
    }

    [Fact]
    public async Task A_place_is_shown_once_more_on_demand_also_from_the_newest()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var first = await world.SayAsync(asha.Id, "the beginning");
        await world.ImportAsync(asha.Id, 120);
        var thread = RenderAt(world, asha.Id, new ThreadWish(ThreadWish.Message, first));
        await Eventually.BeAsync(async () => await RevealedAsync(world, thread) == 1);
        await thread.Find(".newer button:not([data-newer])").ClickAsync(new());
        await thread.WaitForAssertionAsync(() => thread.FindAll(".newer").Should().BeEmpty());

        await thread.InvokeAsync(() => thread.Instance.SeePlaceAgain());

        await Eventually.BeAsync(async () => await RevealedAsync(world, thread) == 2);
        thread.FindAll("article").Select(a => a.GetAttribute("data-message-id")).Should().Contain(first.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_place_is_shown_only_when_it_was_read_however_often_the_screen_is_drawn_meanwhile()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.ImportAsync(asha.Id, 120);
        var first = await world.ReadAsync(db => db.Set<Message>().OrderBy(m => m.Id).Select(m => m.Id).FirstAsync());
        var thread = world.RenderThread(asha.Id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("article").Should().HaveCount(ThreadQuery.PageSize));
        await Eventually.BeAsync(async () => await CalledAsync(world, thread, "watch") > 0);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        world.Answering = answer.Task;
        thread.Render(parameters => parameters.Add(t => t.Wish, new ThreadWish(ThreadWish.Message, first)));
        thread.Render(parameters => parameters.Add(t => t.ShowsContact, true));
        (await RevealedAsync(world, thread)).Should().Be(0, "it is not on the screen yet");
        answer.SetResult();

        await Eventually.BeAsync(async () => await RevealedAsync(world, thread) == 1);
        thread.FindAll("article").Select(a => a.GetAttribute("data-message-id")).Should().Contain(first.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Newer_messages_that_cannot_be_read_are_told_of_and_can_be_asked_for_again()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var first = await world.SayAsync(asha.Id, "the beginning");
        await world.ImportAsync(asha.Id, 60);
        var thread = RenderAt(world, asha.Id, new ThreadWish(ThreadWish.Message, first));
        await thread.WaitForAssertionAsync(() => thread.FindAll(".newer").Should().ContainSingle());
        await RenameAsync(world, "Conversations", "Hidden");

        await thread.InvokeAsync(thread.Instance.NewerWishedAsync);

        thread.Find(".refused").TextContent.Should().Contain("could not be read");
        thread.FindAll("article").Should().HaveCount(26, "what is on the screen stays");
        await RenameAsync(world, "Hidden", "Conversations");
        await thread.InvokeAsync(thread.Instance.NewerWishedAsync);
        thread.FindAll("article").Should().HaveCount(61);
        thread.FindAll(".refused").Should().BeEmpty();
    }

    [Fact]
    public async Task A_note_is_a_place_too_and_what_is_gone_is_said()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var note = await world.Database.WriteAsync(world.Me.Workspace, async db =>
        {
            var thread = await db.Set<Conversation>().SingleAsync();
            var sequence = await db.TakeSequenceAsync(1, default);
            var written = Note.Write(thread, world.Me.User, Guid.NewGuid(), "ask the shop", world.Time.GetUtcNow(), sequence);
            thread.ShowWork(sequence);
            db.Add(written);
            await db.SaveChangesAsync();
            return written.Id;
        }, default);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.ImportAsync(asha.Id, 90);
        var thread = RenderAt(world, asha.Id, new ThreadWish(ThreadWish.Note, note));
        await thread.WaitForAssertionAsync(() => thread.FindAll("[data-note-id]").Should().ContainSingle());
        thread.FindAll("article[data-message-id]").Should().HaveCount(26, "what stands around the note is there, and not everything since");

        var lost = RenderAt(world, asha.Id, new ThreadWish(ThreadWish.Message, 4711));
        await lost.WaitForAssertionAsync(() => lost.Find(".refused").TextContent.Should().Contain("not here any more"));
    }

    private static async Task ManyAsync(InboxWorld world)
    {
        var asha = await world.MeetAsync();
        for (var i = 0; i < SearchQuery.PageSize + 1; i++)
        {
            await world.SayAsync(asha.Id, string.Create(CultureInfo.InvariantCulture, $"order {i}"));
        }
    }

    private static async Task<IReadOnlyList<string>> KeptAsync(InboxWorld world, IRenderedComponent<SearchPane> pane)
    {
        List<string> kept = [];
        await pane.InvokeAsync(() => { kept.AddRange(world.JSInterop.Invocations.Where(i => i.Identifier == "keepFocus").Select(i => (string)i.Arguments[1]!)); });
        return kept;
    }

    private static Task<int> RevealedAsync(InboxWorld world, IRenderedComponent<ThreadPane> thread) => CalledAsync(world, thread, "reveal");

    // Counted in the turn of the screen, which goes on calling scripts.
    private static async Task<int> CalledAsync(InboxWorld world, IRenderedComponent<ThreadPane> thread, string name)
    {
        var called = 0;
        await thread.InvokeAsync(() => { called = world.JSInterop.Invocations.Count(i => i.Identifier == name); });
        return called;
    }

    private static async Task RenameAsync(InboxWorld world, string from, string to)
    {
        await using var db = world.Database.OpenForSystem();
#pragma warning disable EF1002 // Names of this test.
        await db.Database.ExecuteSqlRawAsync($"ALTER TABLE \"{from}\" RENAME TO \"{to}\"");
#pragma warning restore EF1002
    }

    private static IRenderedComponent<SearchPane> Render(InboxWorld world, SearchWish wish) => world.Render<SearchPane>(parameters => parameters
        .Add(p => p.Workspace, InboxWorld.Slug).Add(p => p.Wish, wish).Add(p => p.Board, new ViewBoard()));

    private static IRenderedComponent<ThreadPane> RenderAt(InboxWorld world, long conversationId, ThreadWish place) => world.Render<ThreadPane>(parameters => parameters
        .Add(p => p.Workspace, InboxWorld.Slug).Add(p => p.ConversationId, conversationId).Add(p => p.BackHref, "/w/chai/inbox/search").Add(p => p.Wish, place));
}
