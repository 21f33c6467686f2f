using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Live;
using Weflux.Web.Presence;

namespace Weflux.Tests.Web.Presence;

/// <summary>Who hears that somebody came or went, over the real hub.</summary>
public sealed class PresenceHintsTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Every_member_hears_who_came_and_nobody_else_does_and_nobody_who_did_not_ask()
    {
        var colleague = await Listener.OpenAsync(shared.Host, "agent2@demo.test", hearsPeople: true);
        var busy = await Listener.OpenAsync(shared.Host, "manager@demo.test");
        var stranger = await Listener.OpenAsync(shared.Host, "admin@demo-two.test", "demo-two", hearsPeople: true);
        await using var one = colleague.Feed;
        await using var two = busy.Feed;
        await using var three = stranger.Feed;
        var agent = await shared.Host.ActorAsync();
        var theirs = await shared.Host.ActorAsync("admin@demo-two.test", "demo-two");

        using var page = shared.Host.Services.GetRequiredService<OpenPages>().Enter(agent);
        await Eventually.BeAsync(() => Task.FromResult(colleague.News.SelectMany(n => n.People).Contains(agent.User)));

        // The hub keeps the order: what comes to the others later would have been behind the first.
        using var other = shared.Host.Services.GetRequiredService<OpenPages>().Enter(theirs);
        await Eventually.BeAsync(() => Task.FromResult(stranger.News.SelectMany(n => n.People).Contains(theirs.User)));
        stranger.News.SelectMany(n => n.People).Should().NotContain(agent.User);
        colleague.News.SelectMany(n => n.People).Should().NotContain(theirs.User);
        busy.News.SelectMany(n => n.People).Should().BeEmpty();
    }
}
