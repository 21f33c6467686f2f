using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Web.Inbox;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Presence;

/// <summary>What every page of a workspace tells of the one who sits before it.</summary>
public sealed class PresenceHereTests
{
    [Fact]
    public async Task Whoever_left_the_page_alone_while_the_server_was_out_of_reach_is_asked_for_when_it_is_back()
    {
        await using var world = await InboxWorld.OpenAsync(Role.Agent);
        var module = world.JSInterop.SetupModule("./Presence/PresenceHere.razor.js");
        module.Mode = JSRuntimeMode.Loose;
        module.Setup<bool>("isInUse").SetResult(false);
        var (pages, circuit) = (world.Services.GetRequiredService<OpenPages>(), world.Services.GetRequiredService<PresentCircuit>());
        var here = world.Render<PresenceHere>(p => p.Add(h => h.Slug, InboxWorld.Slug).AddCascadingValue(world.Me));
        await here.WaitForAssertionAsync(() => module.VerifyInvoke("watch"));
        await world.Services.GetRequiredService<PresenceBeat>().WelcomeAsync(CancellationToken.None);
        pages.Beat().Used.Should().ContainSingle();

        // A circuit cannot be made here, and nobody looks at it.
        await circuit.OnConnectionDownAsync(null!, CancellationToken.None);
        pages.Beat().Open.Should().BeEmpty();
        await circuit.OnConnectionUpAsync(null!, CancellationToken.None);

        await here.WaitForAssertionAsync(() => pages.Beat().Used.Should().BeEmpty());
        pages.Beat().Open.Should().ContainSingle();
    }
}
