using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Inbox.Together;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Inbox.Together;

/// <summary>What stands in the header and in a row, and what is said aloud.</summary>
public sealed class HeaderTogetherTests
{
    [Fact]
    public async Task It_is_said_once_who_comes_and_once_who_begins_to_write()
    {
        await using var world = await InboxWorld.OpenAsync();
        var meera = await world.ColleagueAsync("Meera");
        var lookers = world.Services.GetRequiredService<Lookers>();
        var header = Render(world, 5);
        var seat = Guid.NewGuid();

        lookers.Hear(world.Me.Workspace, [new TogetherHint(5, meera.Value, seat, Doing.Looking)]);
        await header.WaitForAssertionAsync(() => header.Find("[data-with]").TextContent.Should().Be("Meera is looking"));
        header.Find("[role=status]").TextContent.Should().Be("Meera is looking");

        lookers.Hear(world.Me.Workspace, [new TogetherHint(5, meera.Value, seat, Doing.Writing)]);
        await header.WaitForAssertionAsync(() => header.Find("[role=status]").TextContent.Should().Be("Meera is writing…"));

        lookers.Hear(world.Me.Workspace, [new TogetherHint(5, meera.Value, seat, Doing.Looking)]);
        await header.WaitForAssertionAsync(() => header.Find("[data-with]").TextContent.Should().Be("Meera is looking"));
        header.Find("[role=status]").TextContent.Should().Be("Meera is writing…", "a pause is not worth a word");

        lookers.Hear(world.Me.Workspace, [new TogetherHint(5, meera.Value, seat, Doing.Nothing)]);
        await header.WaitForAssertionAsync(() => header.FindAll("[data-with]").Should().BeEmpty());
    }

    [Fact]
    public async Task Ones_own_other_tabs_and_other_conversations_show_nothing()
    {
        await using var world = await InboxWorld.OpenAsync();
        var meera = await world.ColleagueAsync("Meera");
        var lookers = world.Services.GetRequiredService<Lookers>();
        var header = Render(world, 5);

        lookers.Hear(world.Me.Workspace, [new TogetherHint(5, world.Me.User.Value, Guid.NewGuid(), Doing.Writing), new TogetherHint(6, meera.Value, Guid.NewGuid(), Doing.Writing)]);
        lookers.Hear(new WorkspaceId(world.Me.Workspace.Value + 1), [new TogetherHint(5, meera.Value, Guid.NewGuid(), Doing.Writing)]);
        header.FindAll("[data-with]").Should().BeEmpty();

        // What comes after is shown, so what was not shown by now was left out.
        lookers.Hear(world.Me.Workspace, [new TogetherHint(5, meera.Value, Guid.NewGuid(), Doing.Looking)]);
        await header.WaitForAssertionAsync(() => header.Find("[data-with]").TextContent.Should().Be("Meera is looking"));
    }

    [Fact]
    public async Task A_silent_look_announces_nothing_and_writing_is_told_all_the_same()
    {
        await using var world = await InboxWorld.OpenAsync();
        var asha = await world.MeetAsync();
        world.JSInterop.Mode = JSRuntimeMode.Loose;
        var lookers = world.Services.GetRequiredService<Lookers>();
        var board = world.Services.GetRequiredService<TogetherBoard>();
        await world.Services.GetRequiredService<InboxFeed>().SubscribeAsync(world.Me, InboxWorld.Slug, _ => Task.CompletedTask);
        var head = (await world.Services.GetRequiredService<Weflux.Web.Inbox.ThreadQuery>().GetAsync(world.Me, asha.Id))!.Head;
        var silent = world.Render<TogetherSeat>(p => p
            .Add(s => s.Workspace, InboxWorld.Slug).Add(s => s.Head, head).Add(s => s.IsSilent, true).AddCascadingValue(board));

        await silent.InvokeAsync(() => silent.Instance.ShowAsync("looking"));
        lookers.With(world.Me.Workspace, asha.Id).Should().BeEmpty();
        await silent.InvokeAsync(() => silent.Instance.ShowAsync("writing"));
        await Eventually.BeAsync(() => Task.FromResult(lookers.With(world.Me.Workspace, asha.Id) is [{ IsWriting: true } only] && only.User == world.Me.User));

        await world.DisposeComponentsAsync();
        await Eventually.BeAsync(() => Task.FromResult(lookers.With(world.Me.Workspace, asha.Id).Count == 0));
    }

    private static IRenderedComponent<HeaderTogether> Render(InboxWorld world, long conversation)
    {
        var board = world.Services.GetRequiredService<TogetherBoard>();
        return world.Render<HeaderTogether>(p => p.Add(h => h.ConversationId, conversation).AddCascadingValue(board).AddCascadingValue(world.Me));
    }
}
