using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Inbox;

public sealed class ConversationListTests
{
    [Fact]
    public async Task A_customers_message_moves_the_conversation_to_the_top_by_itself()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync("Asha");
        await world.SayAsync(asha.Id, "First");
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var mei = await world.MeetAsync("Mei");
        await world.SayAsync(mei.Id, "Second");
        var list = world.RenderList();
        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(mei.Id, asha.Id));

        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.SayAsync(asha.Id, "Are you there?");

        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(asha.Id, mei.Id));
        list.Find($"[data-conversation-id='{asha.Id}']").TextContent.Should().Contain("Are you there?");
        list.Find($"[data-conversation-id='{asha.Id}'] .badge").TextContent.Should().StartWith("2");
        list.Find("[role=status]").TextContent.Should().Be("New message from Asha");
    }

    [Fact]
    public async Task An_empty_list_says_what_will_happen()
    {
        await using var world = await InboxWorld.OpenAsync();

        var list = world.RenderList();

        await list.WaitForAssertionAsync(() => list.Find(".empty").TextContent.Should().Contain("No conversations yet."));
    }

    [Fact]
    public async Task The_other_order_is_read_anew()
    {
        await using var world = await InboxWorld.OpenAsync();
        var waiting = await world.MeetAsync("Asha");
        await world.SayAsync(waiting.Id, "Hello");
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var silent = await world.MeetAsync("Mei");
        var list = world.RenderList();
        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(waiting.Id, silent.Id));

        list.Render(parameters => parameters.Add(p => p.View, InboxView.Newest));

        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(silent.Id, waiting.Id));
    }

    [Fact]
    public async Task Further_pages_follow_when_the_end_comes_near()
    {
        await using var world = await InboxWorld.OpenAsync();
        for (var i = 0; i < 35; i++)
        {
            await world.MeetAsync($"Customer {i}");
        }

        var list = world.RenderList();
        await list.WaitForAssertionAsync(() => Ids(list).Should().HaveCount(30));

        await list.InvokeAsync(() => list.Instance.EndInViewAsync("below"));

        Ids(list).Should().HaveCount(35).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task A_missed_hint_is_made_good_by_the_beat()
    {
        await using var world = await InboxWorld.OpenAsync();
        var list = world.RenderList();
        await list.WaitForAssertionAsync(() => list.Find(".empty"));
        var asha = await world.MeetAsync("Asha");
        await world.EditAsync(db => db.Set<WorkspaceCounter>().AcrossWorkspaces().ExecuteUpdateAsync(s => s.SetProperty(c => c.Sequence, 5)));

        await world.Services.GetRequiredService<ChangeBeat>().BeatAsync(default);

        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(asha.Id));
    }

    [Fact]
    public async Task Somebody_who_is_no_member_any_more_loses_sight_of_the_list()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync("Asha");
        var loss = new TaskCompletionSource();
        var list = world.Render<ConversationList>(parameters => parameters
            .Add(p => p.Workspace, InboxWorld.Slug).Add(p => p.OnAccessLost, () => loss.TrySetResult()));
        await list.WaitForAssertionAsync(() => Ids(list).Should().Equal(asha.Id));
        await world.EditAsync(db => db.Set<Membership>().AcrossWorkspaces().ExecuteUpdateAsync(s => s.SetProperty(m => m.IsActive, false)));

        await world.SayAsync(asha.Id, "Hello");

        await loss.Task.WaitAsync(TimeSpan.FromSeconds(10));
        list.Markup.Should().NotContain("Hello");
    }

    [Fact]
    public async Task A_row_shows_draft_silence_and_who_holds_it()
    {
        await using var world = await InboxWorld.OpenAsync();
        var row = Rows.Row(4, unread: 100) with
        {
            DraftLine = "I will look",
            IsSilenced = true,
            AssigneeId = new UserId(9),
            Assignee = new Colleague("Ravi Nair", null),
        };

        var line = world.Render<ConversationLine>(parameters => parameters
            .Add(p => p.Row, row).Add(p => p.Now, Rows.Noon).Add(p => p.IsSelected, false));

        line.Find("a").GetAttribute("data-last-wamid").Should().Be("wamid.4");
        line.Find(".last").TextContent.Should().Contain("Draft:").And.Contain("I will look");
        line.Find(".badge").TextContent.Should().StartWith("99+");
        line.Markup.Should().Contain("Asked for silence").And.Contain("Held by Ravi Nair").And.Contain("window open");
    }

    [Fact]
    public async Task The_subscription_ends_with_the_component()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync("Asha");
        var list = world.RenderList();
        await list.WaitForAssertionAsync(() => Ids(list).Should().HaveCount(1));
        await world.DisposeComponentsAsync();
        var rendered = list.RenderCount;

        await world.SayAsync(asha.Id, "Too late");
        await Task.Delay(100);

        list.RenderCount.Should().Be(rendered);
    }

    private static IEnumerable<long> Ids(IRenderedComponent<ConversationList> list) =>
        list.FindAll("[data-conversation-id]").Select(e => long.Parse(e.GetAttribute("data-conversation-id")!, System.Globalization.CultureInfo.InvariantCulture));
}
