using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

public sealed class ThreadPaneTests
{
    [Fact]
    public async Task A_customers_message_appears_by_itself()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("article").Should().HaveCount(1));

        await world.SayAsync(asha.Id, "Anybody there?");

        await thread.WaitForAssertionAsync(() => thread.FindAll("article")[^1].TextContent.Should().Contain("Anybody there?"));
    }

    [Fact]
    public async Task A_thread_that_is_left_while_it_opens_leaves_no_timer_behind()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var before = world.Time.Timers;

        for (var i = 0; i < 8; i++)
        {
            world.RenderThread(asha.Id);
            await world.DisposeComponentsAsync();
        }

        // What was read for those that are gone is over when this one, which began last, is there.
        var last = world.RenderThread(asha.Id);
        await last.WaitForAssertionAsync(() => last.FindAll("article").Should().HaveCount(1));
        await world.DisposeComponentsAsync();
        world.Time.Timers.Should().Be(before);
    }

    [Fact]
    public async Task A_quote_of_a_message_that_is_out_of_reach_says_so()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("article").Should().HaveCount(1));

        (await thread.InvokeAsync(() => thread.Instance.SeekAsync("wamid.nowhere"))).Should().BeFalse();

        thread.Find(".refused").TextContent.Should().Contain("not within reach");
    }

    [Fact]
    public async Task An_import_into_an_open_thread_opens_it_anew_instead_of_reading_everything()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var query = world.Services.GetRequiredService<ThreadQuery>();
        var view = (await query.GetAsync(world.Me, asha.Id))!;
        var thread = world.RenderThread(asha.Id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("article").Should().HaveCount(1));

        await world.ImportAsync(asha.Id, ThreadQuery.MostChanges + 1);

        var changes = (await query.ChangesAsync(world.Me, asha.Id, view.ChangeSequence))!;
        (changes.IsTooMuch, changes.Messages.Count).Should().Be((true, 0));
        await world.SayAsync(asha.Id, "After the import");
        await thread.WaitForAssertionAsync(() => thread.FindAll("article")[^1].TextContent.Should().Contain("After the import"));
        thread.FindAll("article").Should().HaveCount(ThreadQuery.PageSize);
    }

    [Fact]
    public async Task A_reply_shows_at_once_and_its_ticks_follow()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        var composer = await ComposerOf(thread);

        await thread.InvokeAsync(() => composer.SendAsync("On its way", Guid.NewGuid()));

        thread.Find("article[data-direction=out]").GetAttribute("data-status").Should().Be("queued");
        thread.Find("article[data-direction=out] .author").TextContent.Should().Be("Ravi");
        var id = long.Parse(thread.Find("article[data-direction=out]").GetAttribute("data-message-id")!, System.Globalization.CultureInfo.InvariantCulture);
        await world.MoveAsync(id, (message, sequence) => message.Accept("wamid.out", sequence));
        await thread.WaitForAssertionAsync(() => thread.Find("article[data-direction=out]").GetAttribute("data-wamid").Should().Be("wamid.out"));
        thread.Find("article[data-direction=out]").GetAttribute("data-status").Should().Be("sent");
    }

    [Fact]
    public async Task What_failed_can_be_sent_again_as_a_new_message()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        var composer = await ComposerOf(thread);
        await thread.InvokeAsync(() => composer.SendAsync("On its way", Guid.NewGuid()));
        var id = await world.ReadAsync(db => db.Set<Message>().Where(m => m.Direction == MessageDirection.Out).Select(m => m.Id).SingleAsync());
        await world.MoveAsync(id, (message, sequence) => message.Fail(new PlatformFault(131000, "Something went wrong", null), Rows.Noon, sequence));
        await thread.WaitForAssertionAsync(() => thread.Find(".trouble").TextContent.Should().Contain("did not say which"));

        await thread.Find(".trouble button").ClickAsync(new());

        await thread.WaitForAssertionAsync(() => thread.FindAll("article[data-direction=out]").Should().HaveCount(2));
        thread.FindAll("article[data-direction=out]")[1].TextContent.Should().Contain("Sent again");
    }

    [Fact]
    public async Task The_composer_turns_the_second_the_window_closes_and_back_when_the_customer_writes()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        await ComposerOf(thread);
        world.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        await thread.WaitForAssertionAsync(() => thread.Find("[role=timer]").TextContent.Should().Be("Window open · 1 s"));
        thread.Find(".composer").GetAttribute("data-window").Should().Be("open");

        world.Time.Advance(TimeSpan.FromSeconds(1));

        await thread.WaitForAssertionAsync(() => thread.Find(".composer").GetAttribute("data-window").Should().Be("closed"));
        thread.Find(".composer").TextContent.Should().Contain("More than 24 hours have passed since Asha wrote.").And.Contain("Choose a template");
        thread.Find("textarea").HasAttribute("readonly").Should().BeTrue();

        await world.SayAsync(asha.Id, "I am back");

        await thread.WaitForAssertionAsync(() => thread.Find(".composer").GetAttribute("data-window").Should().Be("open"));
        thread.Find("textarea").HasAttribute("readonly").Should().BeFalse();
    }

    [Fact]
    public async Task Another_persons_conversation_is_as_good_as_none()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        await world.EditAsync(db => db.Set<Conversation>().AcrossWorkspaces().ExecuteUpdateAsync(s => s.SetProperty(c => c.AssigneeId, new UserId(99))));

        var held = world.RenderThread(asha.Id);
        var missing = world.RenderThread(asha.Id + 1);

        await held.WaitForAssertionAsync(() => held.Find("h2").TextContent.Should().Be("This conversation does not exist or is not yours to see."));
        await missing.WaitForAssertionAsync(() => missing.Find("h2").TextContent.Should().Be("This conversation does not exist or is not yours to see."));
        held.Markup.Should().NotContain("Asha");
    }

    [Fact]
    public async Task An_agent_sees_a_masked_number()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");

        var thread = world.Render<ThreadPane>(p => p.Add(t => t.Workspace, InboxWorld.Slug).Add(t => t.ConversationId, asha.Id).Add(t => t.ShowsContact, true));

        await thread.WaitForAssertionAsync(() => thread.Find("aside.panel").TextContent.Should().Contain("Masked for agents"));
        thread.Markup.Should().NotContain("9198100000");
    }

    [Fact]
    public async Task A_name_that_is_a_number_is_masked_for_an_agent_wherever_the_thread_says_it()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var asha = await world.MeetAsync("+91 91234 56789");
        await world.SayAsync(asha.Id, "Hello");

        var thread = world.Render<ThreadPane>(p => p.Add(t => t.Workspace, InboxWorld.Slug).Add(t => t.ConversationId, asha.Id).Add(t => t.ShowsContact, true));
        var list = world.RenderList();

        await thread.WaitForAssertionAsync(() => thread.Find("aside.panel").TextContent.Should().Contain("Masked for agents"));
        await list.WaitForAssertionAsync(() => list.Find("[data-conversation-id] .name").TextContent.Should().Be("+91 ••••• •••89"));
        thread.Find("section.thread").TextContent.Should().Contain("+91 ••••• •••89");
        (thread.Markup + list.Markup).Should().NotContain("91234 5");
    }

    [Fact]
    public async Task What_is_in_view_counts_as_seen_for_this_person()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        await ComposerOf(thread);

        await thread.InvokeAsync(() => thread.Instance.ViewChangedAsync(isVisible: false, isAtEnd: true));
        (await SeenAsync(world)).Should().Be(0);
        await thread.InvokeAsync(() => thread.Instance.ViewChangedAsync(isVisible: true, isAtEnd: true));

        (await SeenAsync(world)).Should().Be(1);
    }

    [Fact]
    public async Task News_below_the_view_is_counted_in_a_pill()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        await world.SayAsync(asha.Id, "Hello");
        var thread = world.RenderThread(asha.Id);
        await ComposerOf(thread);
        await thread.InvokeAsync(() => thread.Instance.ViewChangedAsync(isVisible: true, isAtEnd: false));

        await world.SayAsync(asha.Id, "More");

        await thread.WaitForAssertionAsync(() => thread.Find(".pill").TextContent.Should().Contain("1 new message"));
        await thread.InvokeAsync(() => thread.Instance.ViewChangedAsync(isVisible: true, isAtEnd: true));
        thread.FindAll(".pill").Should().BeEmpty();
    }

    [Fact]
    public async Task Older_messages_come_page_by_page_and_a_quote_is_found_among_them()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        for (var i = 0; i < ThreadQuery.PageSize + 5; i++)
        {
            await world.SayAsync(asha.Id, $"Message {i}");
        }

        var thread = world.RenderThread(asha.Id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("article").Should().HaveCount(ThreadQuery.PageSize));

        (await thread.InvokeAsync(() => thread.Instance.SeekAsync("wamid.in2"))).Should().BeTrue();

        thread.FindAll("article").Should().HaveCount(ThreadQuery.PageSize + 5);
        (await thread.InvokeAsync(() => thread.Instance.SeekAsync("wamid.nowhere"))).Should().BeFalse();
    }

    [Fact]
    public async Task The_subscription_ends_with_the_component()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        var thread = world.RenderThread(asha.Id);
        await ComposerOf(thread);
        var rendered = thread.RenderCount;

        await world.DisposeComponentsAsync();
        await world.SayAsync(asha.Id, "Too late");
        await Task.Delay(100);

        thread.RenderCount.Should().Be(rendered);
    }

    private static async Task<int> SeenAsync(InboxWorld world) =>
        await world.ReadAsync(db => db.Set<ReadCursor>().Select(r => r.InboundCount).SingleOrDefaultAsync());

    private static async Task<Composer> ComposerOf(IRenderedComponent<ThreadPane> thread)
    {
        await thread.WaitForAssertionAsync(() => thread.Find("textarea"));
        return thread.FindComponent<Composer>().Instance;
    }
}
