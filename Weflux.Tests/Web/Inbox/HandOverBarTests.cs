using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Inbox;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Tests.Web.Inbox;

/// <summary>The bar that asks somebody to take a conversation over, and the menu by which one asks.</summary>
public sealed class HandOverBarTests
{
    [Fact]
    public async Task Whoever_is_asked_accepts_with_a_button_and_the_bar_goes()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var (id, meera) = await HeldByMeeraAsync(world);
        await AskAsync(world, id, c => c.AskMember(world.Me.User, Later(world)), meera);
        var thread = world.RenderThread(id);
        await thread.WaitForAssertionAsync(() => Bar(thread).Should().Contain("Meera asks you to take this over:").And.Contain("She left").And.Contain("then it stays with Meera"));
        thread.FindAll("[data-hand-over] button").Select(b => b.TextContent).Should().Equal("Accept", "Decline");

        thread.Find("[data-hand-over] button").Click();

        await thread.WaitForAssertionAsync(() => thread.FindAll("[data-hand-over]").Should().BeEmpty());
        (await HoldingAsync(world, id)).Should().Be(new Holding(world.Me.User));
        thread.Markup.Should().Contain("You took it over from Meera");
    }

    [Fact]
    public async Task For_a_team_there_is_no_decline_and_a_manager_may_withdraw()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Manager);
        var (id, meera) = await HeldByMeeraAsync(world);
        var team = WorkTeam.Make(world.Me.Workspace, "Sales");
        await world.EditAsync(async db =>
        {
            db.Add(team);
            await db.SaveChangesAsync();
            db.Add(new TeamMember(world.Me.Workspace, team.Id, world.Me.User));
            await db.SaveChangesAsync();
        });
        await AskAsync(world, id, c => c.AskTeam(team.Id, Later(world)), meera);
        var thread = world.RenderThread(id);
        await thread.WaitForAssertionAsync(() => Bar(thread).Should().Contain("Meera asks your team Sales to take this over:"));
        thread.FindAll("[data-hand-over] button").Select(b => b.TextContent).Should().Equal("Accept", "Withdraw");

        thread.FindAll("[data-hand-over] button")[1].Click();

        await thread.WaitForAssertionAsync(() => thread.FindAll("[data-hand-over]").Should().BeEmpty());
        (await HoldingAsync(world, id)).Should().Be(new Holding(meera));
    }

    [Fact]
    public async Task Until_when_is_told_with_the_day_if_that_is_another_one()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var (id, meera) = await HeldByMeeraAsync(world);
        await AskAsync(world, id, c => c.AskMember(world.Me.User, Rows.Noon.AddHours(13)), meera);

        var thread = world.RenderThread(id);

        await thread.WaitForAssertionAsync(() => Bar(thread).Should().Contain("Until tomorrow 01:00; then it stays with Meera"));
        await thread.WaitForAssertionAsync(() => thread.Markup.Should().Contain("by 5 May 2026, 01:00"));
    }

    [Fact]
    public async Task What_was_withdrawn_meanwhile_is_said_in_plain_words()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Manager);
        var (id, meera) = await HeldByMeeraAsync(world);
        await AskAsync(world, id, c => c.AskMember(world.Me.User, Later(world)), meera);
        var thread = world.RenderThread(id);
        await thread.WaitForAssertionAsync(() => Bar(thread).Should().Contain("Meera asks you"));
        await world.ReadAsync(async db =>
        {
            (await db.Set<Conversation>().SingleAsync(c => c.Id == id)).EndAsking();
            return await db.SaveChangesAsync();
        });

        thread.Find("[data-hand-over] button").Click();

        await thread.WaitForAssertionAsync(() => thread.Find(".refused").TextContent.Should().Contain("Nobody asks you to take it over any more."));
    }

    [Fact]
    public async Task The_menu_asks_with_a_reason_and_says_so_if_there_is_none()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var meera = await JoinAsync(world);
        var id = (await world.MeetAsync()).Id;
        await world.SayAsync(id, "Hello");
        (await world.Services.GetRequiredService<TakeConversation>().ExecuteAsync(world.Me, id)).Should().Be(WorkOutcome.Done);
        var thread = world.RenderThread(id);
        await thread.WaitForAssertionAsync(() => thread.FindAll("[title='You hold it. Change who holds it']").Should().ContainSingle());
        thread.Find("[title='You hold it. Change who holds it']").Click();
        await thread.WaitForAssertionAsync(() => thread.FindAll("[aria-label='Colleagues'] button").Select(b => b.TextContent).Should().ContainSingle(t => t.Contains("Meera")));

        thread.Find("[aria-label='Colleagues'] button").Click();
        await thread.WaitForAssertionAsync(() => thread.Find(".wrong[role=alert]").TextContent.Should().Contain("Say why in one line."));
        thread.Find(".wk-fields input[type=text]").Input("She speaks Hindi");
        await thread.WaitForAssertionAsync(() => thread.FindAll(".wrong[role=alert]").Should().BeEmpty("it was touched again"));
        thread.Find("[aria-label='Colleagues'] button").Click();

        await thread.WaitForAssertionAsync(() => Bar(thread).Should().Contain("You asked Meera to take this over:").And.Contain("She speaks Hindi"));
        (await HoldingAsync(world, id)).Should().Be(new Holding(world.Me.User, AskedMember: meera));
    }

    [Fact]
    public async Task The_list_marks_what_one_is_asked_to_take_over()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var (id, meera) = await HeldByMeeraAsync(world);
        await AskAsync(world, id, c => c.AskMember(world.Me.User, Later(world)), meera);

        var list = world.RenderList();

        await list.WaitForAssertionAsync(() => list.Find($"[data-conversation-id='{id}']").TextContent.Should().Contain("You are asked to take it over").And.Contain("Held by Meera"));
    }

    private static string Bar(IRenderedComponent<ThreadPane> thread) =>
        string.Join(' ', thread.Find("[data-hand-over]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static DateTimeOffset Later(InboxWorld world) => world.Time.GetUtcNow().AddMinutes(10);

    private static Task<Holding> HoldingAsync(InboxWorld world, long id) =>
        world.ReadAsync(async db => (await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id)).Holding);

    private static async Task<UserId> JoinAsync(InboxWorld world)
    {
        var user = new WefluxUser { UserName = "meera@example.com", Name = "Meera", SecurityStamp = "s" };
        await world.EditAsync(async db =>
        {
            db.Add(user);
            await db.SaveChangesAsync();
            db.Add(new Membership { WorkspaceId = world.Me.Workspace, UserId = new UserId(user.Id), Role = Role.Agent });
            await db.SaveChangesAsync();
        });
        return new UserId(user.Id);
    }

    private static async Task<(long Id, UserId Meera)> HeldByMeeraAsync(InboxWorld world)
    {
        var meera = await JoinAsync(world);
        var id = (await world.MeetAsync()).Id;
        await world.SayAsync(id, "Hello");
        await world.ReadAsync(async db =>
        {
            (await db.Set<Conversation>().SingleAsync(c => c.Id == id)).Assign(meera);
            return await db.SaveChangesAsync();
        });
        return (id, meera);
    }

    private static Task<int> AskAsync(InboxWorld world, long id, Func<Conversation, bool> ask, UserId by) => world.ReadAsync(async db =>
    {
        var conversation = await db.Set<Conversation>().SingleAsync(c => c.Id == id);
        ask(conversation).Should().BeTrue();
        var sequence = await Weflux.Web.Data.WorkspaceCounters.TakeSequenceAsync(db, 1, default);
        db.Add(conversation.TellAsked(by, world.Time.GetUtcNow(), sequence, "She left"));
        return await db.SaveChangesAsync();
    });
}
