using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Inbox;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Teams;

namespace Weflux.Tests.Web.Teams;

/// <summary>The page of teams as a component, on the real query and use cases.</summary>
public sealed class TeamsPageTests
{
    [Fact]
    public async Task Who_clicks_twice_makes_one_team_and_is_told_when_it_is_made_and_not_before()
    {
        await using var world = await InboxWorld.OpenAsync();
        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.FindAll("#team-name").Should().ContainSingle());
        page.Find("#team-name").Input("Sales");

        // Somebody else writes, so that it takes a while.
        Task first;
        using (await world.Database.Gate.EnterAsync(WritePriority.Work, CancellationToken.None))
        {
            first = page.Find("form").SubmitAsync();
            await page.Find("form").SubmitAsync();
            page.Find(".set-done").TextContent.Should().BeEmpty("nothing is saved yet");
        }

        await first;
        await page.WaitForAssertionAsync(() => page.Find(".set-done").TextContent.Should().StartWith("“Sales” is made."));
        page.FindAll(".set-fault").Should().BeEmpty();
        (await world.ReadAsync(db => db.Set<WorkTeam>().CountAsync())).Should().Be(1);
    }

    [Fact]
    public async Task A_fault_stands_with_what_it_is_about_and_goes_with_the_next()
    {
        await using var world = await InboxWorld.OpenAsync();
        var meera = await JoinAsync(world);
        foreach (var name in new[] { "Returns", "Sales" })
        {
            (await world.Services.GetRequiredService<MakeTeam>().ExecuteAsync(world.Me, name)).Should().Be(TeamOutcome.Saved);
        }

        var page = Render(world);
        await page.WaitForAssertionAsync(() => page.FindAll("[data-team]").Should().HaveCount(2));
        await page.Find("[aria-label='Edit Sales']").ClickAsync(new());

        page.Find(".rename input").Input("Returns");
        await page.Find(".rename").SubmitAsync();
        await page.WaitForAssertionAsync(() => page.Find(".rename + .set-fault").TextContent.Should().Contain("There is a team of that name"));
        page.Find(".rename input").GetAttribute("aria-invalid").Should().Be("true");

        await world.EditAsync(db => db.Set<Membership>().AcrossWorkspaces().Where(m => m.UserId == meera).ExecuteDeleteAsync());
        page.FindAll(".people input")[0].Change(true);
        await page.WaitForAssertionAsync(() => page.Find("fieldset + .set-fault").TextContent.Should().Contain("not there any more"));
        page.FindAll(".set-fault").Should().ContainSingle("the name is not to blame");
        page.FindAll("[aria-invalid]").Should().BeEmpty();

        await world.EditAsync(db => db.Set<WorkTeam>().AcrossWorkspaces().Where(t => t.Name == "Returns").ExecuteDeleteAsync());
        await page.Find("[aria-label='Put away Returns']").ClickAsync(new());
        await page.Find("[data-team='Returns'] .is-danger").ClickAsync(new());
        await page.WaitForAssertionAsync(() => page.Find(".set-done + .set-fault").TextContent.Should().Contain("not there any more"));
        page.FindAll(".set-fault").Should().ContainSingle("nothing is wrong with a new team");
    }

    private static IRenderedComponent<TeamsPage> Render(InboxWorld world) =>
        world.Render<TeamsPage>(p => p.Add(t => t.Workspace, InboxWorld.Slug).AddCascadingValue(world.Me));

    /// <summary>A colleague, who stands first in the list of people.</summary>
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
}
