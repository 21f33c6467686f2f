using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Live;

/// <summary>Who is told that somebody's access changed, and what becomes of what is open.</summary>
public sealed class AccessTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private WefluxHost Host => shared.Host;

    private AccessWatch Access => Host.Services.GetRequiredService<AccessWatch>();

    [Fact]
    public async Task A_circuit_hears_by_what_its_person_has_become_as_soon_as_that_changes()
    {
        var listener = await Listener.OpenAsync(Host, "manager@demo.test");
        await using var feed = listener.Feed;
        var manager = await Host.ActorAsync("manager@demo.test");
        await SetAsync(manager, isActive: false);

        Access.Tell(manager.User);
        await Eventually.BeAsync(() => Task.FromResult(listener.News.Any(n => n.AccessLost)));

        await SetAsync(manager, isActive: true);
        var before = listener.News.Count;
        Access.Tell(manager.User);
        await Eventually.BeAsync(() => Task.FromResult(listener.News.Skip(before).Any(n => n.ReadAgain && !n.AccessLost)));
    }

    [Fact]
    public async Task A_connection_from_outside_is_let_go_of_when_its_persons_access_changes()
    {
        var cookies = new CookieContainer();
        using var session = await Host.SignInAsync("agent2@demo.test", cookies);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(Host.Address, "/hubs/inbox"), o => o.Cookies = cookies).Build();
        var closed = new TaskCompletionSource();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        (await connection.InvokeAsync<bool>(nameof(InboxHub.JoinWorkspace), "demo")).Should().BeTrue();

        Access.Tell((await Host.ActorAsync("agent@demo.test")).User);
        connection.State.Should().Be(HubConnectionState.Connected, "that was somebody else");
        Access.Tell((await Host.ActorAsync("agent2@demo.test")).User);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_change_on_another_node_is_told_by_the_next_beat_and_once()
    {
        var person = (await Host.ActorAsync("admin@demo.test")).User;
        var told = 0;
        using var watching = Access.Watch(person, () => told++);

        await Host.Services.GetRequiredService<WefluxDatabase>().WriteForSystemAsync(
            async db =>
            {
                db.Add(new AccessChange { UserId = person, At = Host.Clock.GetUtcNow() });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        await Access.BeatAsync(CancellationToken.None);
        await Access.BeatAsync(CancellationToken.None);
        told.Should().Be(1);

        watching.Dispose();
        Access.Tell(person);
        told.Should().Be(1);
    }

    private Task SetAsync(Actor actor, bool isActive) => Host.ReadAsync(db => db.Set<Membership>().Where(m => m.UserId == actor.User)
        .ExecuteUpdateAsync(set => set.SetProperty(m => m.IsActive, isActive)));
}
