using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Together;

namespace Weflux.Tests.Web.Inbox.Together;

public sealed class ParticipantsMenuTests
{
    [Fact]
    public async Task Several_are_added_one_after_the_other_and_one_is_taken_off_again()
    {
        await using var world = await InboxWorld.OpenAsync();
        var (meera, tom) = (await world.ColleagueAsync("Meera"), await world.ColleagueAsync("Tom"));
        var asha = await world.MeetAsync();
        var menu = await RenderAsync(world, asha.Id);
        menu.Find("button.opener").GetAttribute("aria-label").Should().Be("Who takes part");
        await menu.Find("button.opener").ClickAsync(new());
        await menu.WaitForAssertionAsync(() => menu.Markup.Should().Contain("Meera").And.Contain("Tom"));

        await Choose(menu, "Colleagues to add", "Meera").ClickAsync(new());
        await menu.WaitForAssertionAsync(() => menu.Find("[role=status]").TextContent.Should().Be("Meera takes part now."));
        await ShowAsync(world, menu, asha.Id);
        await Choose(menu, "Colleagues to add", "Tom").ClickAsync(new());
        await menu.WaitForAssertionAsync(() => menu.Find("[role=status]").TextContent.Should().Be("Tom takes part now."));
        (await ParticipantsAsync(world, asha.Id)).Members.Should().Equal(meera, tom);

        await ShowAsync(world, menu, asha.Id);
        menu.Find("button.opener").GetAttribute("aria-label").Should().Be("2 colleagues take part. Change who takes part");
        await Choose(menu, "Taking part", "Meera").ClickAsync(new());
        await menu.WaitForAssertionAsync(() => menu.Find("[role=status]").TextContent.Should().Be("Meera takes part no more."));
        (await ParticipantsAsync(world, asha.Id)).Members.Should().Equal(tom);
    }

    [Fact]
    public async Task Why_somebody_was_not_added_is_said()
    {
        await using var world = await InboxWorld.OpenAsync();
        await world.ColleagueAsync("Meera");
        var asha = await world.MeetAsync();
        var crowd = Enumerable.Range(1, Participants.Most).Aggregate(Participants.None, (all, nth) => all.With(new UserId(900 + nth)));
        await world.EditAsync(db => db.Set<Conversation>().IgnoreQueryFilters().ExecuteUpdateAsync(set => set.SetProperty(c => c.Participants, crowd)));
        ReplyNotice? told = null;
        var menu = await RenderAsync(world, asha.Id, notice => told = notice);
        await menu.Find("button.opener").ClickAsync(new());
        await menu.WaitForAssertionAsync(() => menu.Markup.Should().Contain("Meera"));

        await Choose(menu, "Colleagues to add", "Meera").ClickAsync(new());

        await menu.WaitForAssertionAsync(() => told!.Title.Should().Contain("At most 20 colleagues"));
    }

    private static async Task<IRenderedComponent<ParticipantsMenu>> RenderAsync(InboxWorld world, long id, Action<ReplyNotice>? refused = null)
    {
        var head = await HeadAsync(world, id);
        return world.Render<ParticipantsMenu>(p => p.Add(m => m.Workspace, InboxWorld.Slug).Add(m => m.Head, head).Add(m => m.OnRefused, notice => refused?.Invoke(notice)));
    }

    private static async Task ShowAsync(InboxWorld world, IRenderedComponent<ParticipantsMenu> menu, long id)
    {
        var head = await HeadAsync(world, id);
        menu.Render(p => p.Add(m => m.Head, head));
    }

    private static async Task<ThreadHead> HeadAsync(InboxWorld world, long id) =>
        (await world.Services.GetRequiredService<ThreadQuery>().GetAsync(world.Me, id))!.Head;

    private static async Task<Participants> ParticipantsAsync(InboxWorld world, long id)
    {
        await using var db = world.Database.Open(world.Me.Workspace);
        return await db.Set<Conversation>().Where(c => c.Id == id).Select(c => c.Participants).SingleAsync();
    }

    private static AngleSharp.Dom.IElement Choose(IRenderedComponent<ParticipantsMenu> menu, string group, string name) =>
        menu.FindAll($"[role=group][aria-label='{group}'] button").Single(b => b.TextContent.Contains(name, StringComparison.Ordinal));
}
