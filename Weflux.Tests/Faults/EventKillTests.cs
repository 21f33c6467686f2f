using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Api.Events;
using Weflux.Web.Api.Events;
using Weflux.Web.Data;

namespace Weflux.Tests.Faults;

/// <summary>Weflux is killed after an event was taken and before it wrote that down.</summary>
[Collection(FaultsAlone.Name)]
public sealed class EventKillTests
{
    [Fact(Skip = FaultRuns.NeedsUnix, SkipType = typeof(FaultRuns), SkipWhen = nameof(FaultRuns.IsWindows))]
    public async Task An_event_whose_answer_was_lost_comes_again_under_the_same_id()
    {
        await using var receiver = await EventReceiver.StartAsync();
        var directory = WefluxChild.NewDirectory();
        var host = await WefluxHost.StartAsync(o => o.DataDirectory = directory);
        var admin = await host.ActorAsync("admin@demo.test");
        var made = await host.Services.GetRequiredService<MakeEventEndpoint>().ExecuteAsync(
            admin, new EventEndpointInput("Shop", new Uri(receiver.Address, "/hook").ToString(), [EventTypes.ContactCreated], HasText: false, HasNumbers: false));

        // Somebody else seems to send, so that the event waits for the process that is killed.
        var until = host.Clock.GetUtcNow().AddSeconds(5);
        await host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(set => set.SetProperty(e => e.LeaseId, Guid.NewGuid()).SetProperty(e => e.LeasedUntil, until)));
        await host.Services.GetRequiredService<SendTestEvent>().ExecuteAsync(admin, made.Id!.Value);
        await host.StopKeepingDataAsync();
        receiver.At("/hook").Should().BeEmpty();

        await using var child = new WefluxChild(directory);
        child.Begin(FailPoint.EventAnswered);
        await receiver.SeeAsync("/hook", 1);
        await Support.Eventually.BeAsync(() => Task.FromResult(child.HasExited));

        // What held the address died with the process, which nobody can know: its lease must run out first.
        await child.StartAsync();
        var got = await Support.Eventually.SeeAsync(() => Task.FromResult(receiver.At("/hook")), all => all.Count == 2, TimeSpan.FromMinutes(4));

        got.Select(g => g.Id).Distinct().Should().ContainSingle();
        got.Should().OnlyContain(g => g.IsSignedWith(made.Secret!));
    }
}
