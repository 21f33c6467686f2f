using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Together;

namespace Weflux.Tests.Web.Inbox.Together;

public sealed class TogetherNamesTests
{
    [Fact]
    public async Task An_answer_that_was_asked_for_earlier_does_not_take_the_place_of_a_later_one()
    {
        await using var world = await InboxWorld.OpenAsync();
        var names = world.Services.GetRequiredService<TogetherNames>();
        var now = world.Time.GetUtcNow();
        names.Keep(7, new Colleague("Meera Shah", null), now);
        names.Keep(7, new Colleague("Meera", null), now - TimeSpan.FromSeconds(1));

        var known = await names.OfAsync(world.Me.Workspace, [new UserId(7)], default);

        known[7].Name.Should().Be("Meera Shah");
    }

    [Fact]
    public async Task Whoever_is_named_twice_or_unknown_does_no_harm()
    {
        await using var world = await InboxWorld.OpenAsync();
        var names = world.Services.GetRequiredService<TogetherNames>();

        var known = await names.OfAsync(world.Me.Workspace, [world.Me.User, world.Me.User, new UserId(4711)], default);

        known.Should().ContainSingle().Which.Value.Name.Should().Be("Ravi");
    }
}
