using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Later;
using Weflux.Web.Scheduling;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Inbox;

public sealed class SendLaterTests
{
    [Fact]
    public async Task The_dialog_names_the_zone_offers_times_and_plans()
    {
        await using var world = await InboxWorld.OpenAsync();
        var conversation = await world.MeetAsync();
        await world.SayAsync(conversation.Id, "Hello");
        var dialog = await OpenAsync(world, conversation.Id);

        dialog.WaitForAssertion(() => dialog.Find(".hint").TextContent.Should().Be("Times are Europe/Berlin, the workspace's."));
        dialog.FindAll(".choice").Select(c => c.TextContent.Trim()).Should().HaveCount(3).And.OnlyContain(c => c.Contains("00"));
        dialog.Find("input[type=checkbox]").HasAttribute("checked").Should().BeTrue("whoever writes first wants another answer");
        await dialog.Find("form").SubmitAsync();

        var planned = await PlannedAsync(world);
        (planned.Content.Text, planned.CancelsWhenCustomerWrites, planned.DueAt).Should().Be(("Later", true, Berlin(18)));
    }

    [Theory]
    [InlineData("2027-03-28", "02:30", "There is no such time on that day")]
    [InlineData("2027-03-27", "02:30", "more than 90 days ahead")]
    [InlineData("2026-05-04", "12:00", "is past")]
    [InlineData("", "12:00", "Choose a day and a time.")]
    public async Task A_time_that_cannot_be_has_its_own_sentence(string day, string time, string says)
    {
        await using var world = await InboxWorld.OpenAsync();
        var conversation = await world.MeetAsync();
        var dialog = await OpenAsync(world, conversation.Id);
        dialog.WaitForElement("#later-day");

        // The framework adds the seconds to what the browser says.
        await dialog.Find("#later-time").InputAsync($"{time}:00");
        await dialog.Find("#later-day").InputAsync(day);

        dialog.Find(".wrong").TextContent.Should().Contain(says);
        dialog.Find("button[type=submit]").HasAttribute("disabled").Should().BeTrue();
    }

    [Fact]
    public async Task With_a_window_that_is_closed_then_it_asks_for_a_template_or_lets_it_come_back()
    {
        await using var world = await InboxWorld.OpenAsync();
        var conversation = await world.MeetAsync();
        await world.SayAsync(conversation.Id, "Hello");
        var dialog = await OpenAsync(world, conversation.Id, closesAt: world.Time.GetUtcNow().AddHours(1));
        dialog.WaitForElement(".instead");
        dialog.Find(".window").TextContent.Should().StartWith("The window closes today");

        await dialog.FindAll(".instead input")[1].ChangeAsync(new ChangeEventArgs { Value = "on" });
        dialog.WaitForElement(".chooser");
        await dialog.Find("form").SubmitAsync();
        dialog.Find(".wrong").TextContent.Should().StartWith("No template is chosen.");

        await dialog.FindAll(".instead input")[0].ChangeAsync(new ChangeEventArgs { Value = "on" });
        await dialog.Find("form").SubmitAsync();
        (await PlannedAsync(world)).Fallback.Should().BeNull();
    }

    [Fact]
    public async Task A_thread_shows_what_waits_and_loses_it_live_when_it_is_thrown_away()
    {
        await using var world = await InboxWorld.OpenAsync();
        var conversation = await world.MeetAsync();
        await world.SayAsync(conversation.Id, "Hello");
        var thread = world.RenderThread(conversation.Id);
        thread.WaitForElement(".composer");
        thread.FindAll("[data-scheduled]").Should().BeEmpty();

        var id = (await world.Services.GetRequiredService<ScheduleMessage>().ExecuteAsync(
            world.Me, conversation.Id, new TextContent("See you"), new SchedulePlan(world.Time.GetUtcNow().AddDays(2)), Guid.NewGuid())).Id!.Value;

        thread.WaitForAssertion(() => thread.Find("[data-scheduled]").TextContent.Should().Contain("Goes out").And.Contain("See you")
            .And.Contain("If the window is closed then, it comes back."));
        await world.Services.GetRequiredService<CancelScheduled>().ExecuteAsync(world.Me, id, throwsAway: true);
        thread.WaitForAssertion(() => thread.FindAll("[data-scheduled]").Should().BeEmpty());
    }

    private static DateTimeOffset Berlin(int hour) => new DateTimeOffset(2026, 5, 4, hour, 0, 0, TimeSpan.FromHours(2)).ToUniversalTime();

    private static async Task<ScheduledMessage> PlannedAsync(InboxWorld world)
    {
        ScheduledMessage? planned = null;
        for (var tries = 0; planned is null && tries < 400; tries++)
        {
            planned = await world.ReadAsync(db => db.Set<ScheduledMessage>().AsNoTracking().SingleOrDefaultAsync());
            await Task.Delay(25);
        }

        return planned!;
    }

    private static async Task<IRenderedComponent<MudDialogProvider>> OpenAsync(InboxWorld world, long conversationId, DateTimeOffset? closesAt = null)
    {
        await world.EditAsync(db => db.Set<Workspace>().ExecuteUpdateAsync(set => set.SetProperty(w => w.TimeZone, "Europe/Berlin")));
        world.Render<MudPopoverProvider>();
        var provider = world.Render<MudDialogProvider>();
        var head = Rows.Head();
        await provider.InvokeAsync(() => world.Services.GetRequiredService<IDialogService>().ShowAsync<SendLaterDialog>("Send later", new DialogParameters<SendLaterDialog>
        {
            { p => p.Workspace, InboxWorld.Slug },
            { p => p.Target, new LaterTarget(conversationId, head.Contact, closesAt ?? world.Time.GetUtcNow().AddDays(1)) },
            { p => p.Items, [new LaterItem(Guid.CreateVersion7(), new TextContent("Later"))] },
        }));
        return provider;
    }
}
