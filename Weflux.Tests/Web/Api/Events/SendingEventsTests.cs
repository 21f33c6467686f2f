using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Events;
using Weflux.Tests.Support;
using Weflux.Web.Api.Events;
using Weflux.Web.Mail;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>How events are sent, sent again and given up. Each test has a world of its own, because it moves the clock.</summary>
public sealed class SendingEventsTests : IAsyncLifetime
{
    private readonly EventWorld _world = new();

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task What_is_not_taken_comes_again_under_the_same_id_and_later_each_time()
    {
        _world.Receiver.Answer = (_, nth) => nth <= 2 ? TypedResults.Text("Not today", statusCode: 500) : TypedResults.NoContent();
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();

        var first = await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 1 }]);
        (first.State, first.Status, first.Fault).Should().Be((EventDeliveryState.Waiting, (int?)500, "It answered 500."));
        (first.NextAt - first.TriedAt).Should().BeGreaterThan(TimeSpan.FromSeconds(4));
        (await _world.Get<EventDeliveriesQuery>().NewestAsync(_world.Admin, hook.Id, null, null, 5))!.Single().Answer.Should().Be("Not today");

        _world.Host.Clock.Advance(TimeSpan.FromSeconds(6));
        var second = await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 2 }]);
        (second.NextAt - second.TriedAt).Should().BeGreaterThan(TimeSpan.FromMinutes(4));
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);

        var got = _world.Receiver.At(hook.Path);
        got.Select(g => g.Id).Distinct().Should().ContainSingle();
        got.Should().HaveCount(3).And.OnlyContain(g => g.IsSignedWith(hook.Secret), "each sending is signed for its own time");
        got.Select(g => g.Text).Distinct().Should().ContainSingle();
        var endpoint = await _world.EndpointAsync(hook.Id);
        (endpoint.Failures, endpoint.FailingSince).Should().Be((0, (DateTimeOffset?)null));
    }

    [Fact]
    public async Task After_the_last_try_an_event_fails_and_is_sent_again_when_somebody_asks()
    {
        _world.Receiver.Answer = (_, _) => TypedResults.StatusCode(503);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        await _world.OneAsync(hook.Id, rows => rows is [{ Tries: > 0 }]);
        await _world.Host.ReadAsync(db => db.Set<EventDelivery>().ExecuteUpdateAsync(set => set.SetProperty(d => d.Tries, EventRetries.MostTries - 1)));
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(10));

        var failed = await _world.SettledAsync(hook.Id, EventDeliveryState.Failed);
        failed.NextAt.Should().BeNull();
        _world.Receiver.Answer = (_, _) => TypedResults.NoContent();

        (await _world.Get<ReplayEvents>().ExecuteAsync(_world.Admin, hook.Id, DateTimeOffset.MinValue)).Should().Be(new EventReplayAnswer(EventReplayOutcome.Asked, 1));
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
        var count = _world.Receiver.At(hook.Path).Count;
        (await _world.Get<ReplayEvents>().ExecuteAsync(_world.Admin, failed.Id)).Outcome.Should().Be(EventReplayOutcome.Asked, "what was taken can be had again too");
        var got = await _world.Receiver.SeeAsync(hook.Path, count + 1);
        got.Select(g => g.Id).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task Gone_switches_the_webhook_off_at_once_and_tells_the_admins()
    {
        _world.Receiver.Answer = (_, _) => TypedResults.StatusCode(410);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();

        await _world.SettledAsync(hook.Id, EventDeliveryState.Failed);
        var endpoint = await Eventually.SeeAsync(() => _world.EndpointAsync(hook.Id), e => e.State == EventEndpointState.GivenUp);
        endpoint.WhyOff.Should().Contain("410");
        (await MailsAsync()).Should().BeGreaterThan(0);
        await _world.SayAsync("unheard");
        (await _world.RowsAsync(hook.Id)).Should().ContainSingle("while it is off, nothing is kept for it");
        (await _world.Get<ReplayEvents>().ExecuteAsync(_world.Admin, hook.Id, DateTimeOffset.MinValue)).Outcome.Should().Be(EventReplayOutcome.Off);

        _world.Receiver.Answer = (_, _) => TypedResults.Ok();
        (await _world.Get<SwitchEventEndpoint>().ExecuteAsync(_world.Admin, hook.Id, isOn: true)).IsDone.Should().BeTrue();
        await _world.Get<ReplayEvents>().ExecuteAsync(_world.Admin, hook.Id, DateTimeOffset.MinValue);
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
    }

    [Fact]
    public async Task An_address_that_takes_nothing_for_five_days_is_switched_off()
    {
        _world.Receiver.Answer = (_, _) => TypedResults.StatusCode(500);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 1 }]);
        var before = await MailsAsync();
        await FailedForAsync(EventRetries.Patience, lastBefore: TimeSpan.FromHours(24));
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(10));

        var endpoint = await Eventually.SeeAsync(() => _world.EndpointAsync(hook.Id), e => e.State == EventEndpointState.GivenUp);

        endpoint.WhyOff.Should().Contain("5 days").And.Contain("It answered 500.");
        (await MailsAsync()).Should().BeGreaterThan(before);
        (await _world.RowsAsync(hook.Id)).Single().State.Should().Be(EventDeliveryState.Failed);
    }

    [Fact]
    public async Task One_failure_after_weeks_without_events_does_not_switch_a_webhook_off()
    {
        _world.Receiver.Answer = (_, nth) => nth <= 2 ? TypedResults.StatusCode(500) : TypedResults.NoContent();
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 1 }]);
        await FailedForAsync(TimeSpan.FromDays(20), lastBefore: TimeSpan.FromDays(17));
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(10));

        var row = await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 2 }]);

        row.State.Should().Be(EventDeliveryState.Waiting);
        (await _world.EndpointAsync(hook.Id)).State.Should().Be(EventEndpointState.On, "nobody knows how it was in between");
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(6));
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
    }

    [Fact]
    public async Task An_address_that_fails_again_and_again_rests_and_then_one_event_tries_for_all()
    {
        _world.Receiver.Answer = (_, _) => TypedResults.StatusCode(500);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        for (var i = 0; i < 3; i++)
        {
            await _world.MeetAsync();
        }

        var resting = await Eventually.SeeAsync(
            async () =>
            {
                _world.Host.Clock.Advance(TimeSpan.FromSeconds(7));
                return await _world.EndpointAsync(hook.Id);
            },
            e => e.RestsUntil is not null && e.LeaseId is null);
        var count = _world.Receiver.At(hook.Path).Count;
        await _world.MeetAsync();
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(8));
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).Count == 4);
        (await _world.EndpointAsync(hook.Id)).RestsUntil.Should().Be(resting.RestsUntil, "nothing was sent meanwhile");
        _world.Receiver.At(hook.Path).Should().HaveCount(count);

        _world.Receiver.Answer = (_, _) => TypedResults.Ok();
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).Exists(r => r.State == EventDeliveryState.Taken));
        _world.Host.Clock.Advance(TimeSpan.FromHours(3));
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).TrueForAll(r => r.State == EventDeliveryState.Taken));
    }

    [Fact]
    public async Task Events_that_are_under_way_together_fail_together_and_the_address_does_not_rest_for_it()
    {
        var failed = new TaskCompletionSource();
        _world.Receiver.Ready = failed.Task;
        _world.Receiver.Answer = (_, nth) => nth <= 6 ? TypedResults.StatusCode(502) : TypedResults.NoContent();
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        var until = _world.Host.Clock.GetUtcNow().AddMinutes(2);
        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeaseId, Guid.NewGuid()).SetProperty(e => e.LeasedUntil, until)));
        for (var i = 0; i < 6; i++)
        {
            await _world.MeetAsync();
        }

        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeaseId, (Guid?)null).SetProperty(e => e.LeasedUntil, (DateTimeOffset?)null)));
        await _world.Receiver.SeeAsync(hook.Path, 6);
        failed.SetResult();
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).TrueForAll(r => r.Tries == 1));

        var endpoint = await Eventually.SeeAsync(() => _world.EndpointAsync(hook.Id), e => e.Failures > 0);
        (endpoint.Failures, endpoint.RestsUntil).Should().Be((1, (DateTimeOffset?)null));
        _world.Host.Clock.Advance(TimeSpan.FromSeconds(10));
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).TrueForAll(r => r.State == EventDeliveryState.Taken));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        _world.Receiver.Answer = (path, _) => path == "/inside" ? TypedResults.Text("the crown jewels") : TypedResults.Redirect(new Uri(_world.Receiver.Address, "/inside").ToString());
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();

        var row = await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 1 }]);

        (row.State, row.Status).Should().Be((EventDeliveryState.Waiting, (int?)302));
        row.Fault.Should().Contain("Redirects are not followed");
        _world.Receiver.At("/inside").Should().BeEmpty();
    }

    [Fact]
    public async Task A_new_secret_and_the_old_one_both_count_for_a_day()
    {
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        var secret = (await _world.Get<RotateEventSecret>().ExecuteAsync(_world.Admin, hook.Id)).Secret!;
        await _world.MeetAsync();
        var both = (await _world.Receiver.SeeAsync(hook.Path, 1))[0];
        both.Signature.Split(' ').Should().HaveCount(2).And.OnlyContain(s => s.StartsWith("v1,"));
        (both.IsSignedWith(secret), both.IsSignedWith(hook.Secret)).Should().Be((true, true));

        _world.Host.Clock.Advance(TimeSpan.FromHours(24.1));
        await _world.MeetAsync();
        var one = (await _world.Receiver.SeeAsync(hook.Path, 2))[1];
        (one.IsSignedWith(secret), one.IsSignedWith(hook.Secret)).Should().Be((true, false));
        await _world.Get<EventSweep>().SweepAsync(CancellationToken.None);
        (await _world.EndpointAsync(hook.Id)).OldSecret.Should().BeNull("what does not count any more is not kept");
    }

    [Fact]
    public async Task The_old_secret_can_be_ended_at_once()
    {
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.Get<RotateEventSecret>().ExecuteAsync(_world.Admin, hook.Id);
        (await _world.Get<StopOldEventSecret>().ExecuteAsync(_world.Admin, hook.Id)).IsDone.Should().BeTrue();
        await _world.MeetAsync();
        (await _world.Receiver.SeeAsync(hook.Path, 1))[0].IsSignedWith(hook.Secret).Should().BeFalse();
    }

    [Fact]
    public async Task Whoever_holds_an_address_sends_to_it_alone_until_the_lease_runs_out()
    {
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        var until = _world.Host.Clock.GetUtcNow().AddMinutes(2);
        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeaseId, Guid.NewGuid()).SetProperty(e => e.LeasedUntil, until)));
        await _world.MeetAsync();
        await _world.Get<EventSender>().BeatAsync(CancellationToken.None);
        await _world.Get<EventSender>().QuietAsync();
        _world.Receiver.At(hook.Path).Should().BeEmpty("another node says that it sends");

        _world.Host.Clock.Advance(TimeSpan.FromMinutes(3));
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
    }

    [Fact]
    public async Task A_test_goes_the_way_of_all_events_and_is_for_one_webhook_alone()
    {
        var other = await _world.ListenToAllAsync();
        var hook = await _world.ListenAsync([EventTypes.ContactCreated]);
        (await _world.Get<SendTestEvent>().ExecuteAsync(_world.Admin, hook.Id)).IsDone.Should().BeTrue();

        var got = (await _world.Receiver.SeeAsync(hook.Path, 1)).Single();
        (got.Type, got.IsSignedWith(hook.Secret)).Should().Be(("test", true));
        (await _world.RowsAsync(other.Id)).Should().BeEmpty();
    }

    [Fact]
    public async Task Events_are_forgotten_after_thirty_days_and_with_their_webhook()
    {
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
        await _world.Get<EventSweep>().SweepAsync(CancellationToken.None);
        (await _world.RowsAsync(hook.Id)).Should().ContainSingle();
        _world.Host.Clock.Advance(EventDelivery.KeptFor + TimeSpan.FromMinutes(1));
        await _world.Get<EventSweep>().SweepAsync(CancellationToken.None);
        (await _world.RowsAsync(hook.Id)).Should().BeEmpty();

        await _world.MeetAsync();
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
        (await _world.Get<DeleteEventEndpoint>().ExecuteAsync(_world.Admin, hook.Id)).IsDone.Should().BeTrue();
        (await _world.RowsAsync(hook.Id)).Should().BeEmpty();
        (await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Programs_see_how_webhooks_do_and_have_events_sent_again()
    {
        _world.Receiver.Answer = (_, nth) => nth == 1 ? TypedResults.StatusCode(410) : TypedResults.Ok();
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        var row = await _world.SettledAsync(hook.Id, EventDeliveryState.Failed);
        using var api = _world.Host.NewApiClient();

        var told = (await api.GetJsonAsync("/api/v1/webhooks")).GetProperty("data")[0];
        (told.GetProperty("state").GetString(), told.GetProperty("failed").GetInt32(), told.GetProperty("host").GetString()).Should().Be(("given_up", 1, "127.0.0.1"));
        using (var off = await api.PostAsync($"/api/v1/events/{row.Id}/replay", null))
        {
            off.StatusCode.Should().Be(HttpStatusCode.Conflict);
            (await off.ProblemAsync()).GetProperty("reason").GetString().Should().Be("webhook_off");
        }

        await _world.Get<SwitchEventEndpoint>().ExecuteAsync(_world.Admin, hook.Id, isOn: true);
        using (var all = await api.PostAsync($"/api/v1/webhooks/{hook.Id}/replay", null))
        {
            all.StatusCode.Should().Be(HttpStatusCode.Accepted);
            (await all.Content.ReadAsStringAsync()).Should().Be("""{"count":1}""");
        }

        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
        var events = await api.AllAsync($"/api/v1/webhooks/{hook.Id}/events", 10);
        events.Single().GetProperty("state").GetString().Should().Be("taken");
        events.Single().GetProperty("webhookId").GetString().Should().Be(row.WebhookId);
    }

    /// <summary>The address has failed for so long, and the event was sent the last time so long ago.</summary>
    private async Task FailedForAsync(TimeSpan failing, TimeSpan lastBefore)
    {
        DateTimeOffset? since = _world.Host.Clock.GetUtcNow() - failing;
        DateTimeOffset? last = _world.Host.Clock.GetUtcNow() - lastBefore;
        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(set => set.SetProperty(e => e.FailingSince, since)));
        await _world.Host.ReadAsync(db => db.Set<EventDelivery>().ExecuteUpdateAsync(set => set.SetProperty(d => d.TriedAt, last)));
    }

    private Task<int> MailsAsync() => _world.Host.ReadAsync(db => db.Set<OutgoingMail>().CountAsync());
}
