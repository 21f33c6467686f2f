using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Weflux.Tests.Support;
using Weflux.Web.Api.Events;

namespace Weflux.Tests.Web.Api.Events;

/// <summary>What becomes of events that wait while their address, their webhook or another one changes. Each test has a world of its own, because it moves the clock.</summary>
public sealed class WhileEventsWaitTests : IAsyncLifetime
{
    private readonly EventWorld _world = new();

    public ValueTask InitializeAsync() => _world.InitializeAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_address_that_asks_to_be_left_in_peace_gets_nothing_at_all_until_then(bool asDate)
    {
        _world.Receiver.Answer = (_, nth) => nth > 1 ? TypedResults.NoContent()
            : new ComeLater(asDate ? _world.Host.Clock.GetUtcNow().AddHours(1).ToString("R", CultureInfo.InvariantCulture) : "3600");
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        var first = await _world.OneAsync(hook.Id, rows => rows is [{ Tries: 1 }]);
        var endpoint = await _world.EndpointAsync(hook.Id);
        (endpoint.RestsUntil - first.TriedAt).Should().BeGreaterThan(TimeSpan.FromMinutes(58)).And.BeLessThan(TimeSpan.FromMinutes(62));

        await _world.MeetAsync();
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await _world.QuietAsync(hook.Id);
        await _world.Get<EventSender>().BeatAsync(CancellationToken.None);
        await _world.Get<EventSender>().QuietAsync();
        (await _world.RowsAsync(hook.Id)).Should().HaveCount(2).And.OnlyContain(r => r.State == EventDeliveryState.Waiting);
        _world.Receiver.At(hook.Path).Should().ContainSingle("it meant the other event too");

        _world.Host.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).TrueForAll(r => r.State == EventDeliveryState.Taken));
    }

    [Fact]
    public async Task The_slow_addresses_of_one_workspace_leave_room_for_those_of_others()
    {
        var held = new TaskCompletionSource();
        _world.Receiver.Ready = held.Task;
        var slow = new List<Listening>();
        for (var i = 0; i < 6; i++)
        {
            slow.Add(await _world.ListenAsync([EventTypes.ContactCreated]));
            await _world.Get<SendTestEvent>().ExecuteAsync(_world.Admin, slow[i].Id);
        }

        int Sent() => slow.Sum(s => _world.Receiver.At(s.Path).Count);
        await Eventually.BeAsync(() => Task.FromResult(Sent() >= 4));
        var stranger = await _world.Host.ActorAsync("admin@demo-two.test", "demo-two");
        var theirs = await _world.Get<MakeEventEndpoint>().ExecuteAsync(stranger, new EventEndpointInput(
            "Theirs", new Uri(_world.Receiver.Address, "/theirs").ToString(), [EventTypes.ContactCreated], HasText: false, HasNumbers: false));
        await _world.Get<SendTestEvent>().ExecuteAsync(stranger, theirs.Id!.Value);

        await _world.Receiver.SeeAsync("/theirs", 1);
        Sent().Should().Be(4, "whoever came later was found after those that wait");

        held.SetResult();
        await Eventually.BeAsync(() => Task.FromResult(Sent() == 6));
    }

    [Fact]
    public async Task What_is_switched_off_leaves_no_more_however_long_ago_it_happened()
    {
        var isUp = false;
        _world.Receiver.Answer = (_, _) => isUp ? TypedResults.NoContent() : TypedResults.StatusCode(500);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived, EventTypes.ContactCreated]);
        await _world.MeetAsync("The secret word is cardamom");
        await Eventually.BeAsync(async () => await _world.RowsAsync(hook.Id) is [{ Tries: > 0 }, { Tries: > 0 }]);
        _world.Receiver.At(hook.Path).Should().Contain(g => g.Text.Contains("cardamom")).And.Contain(g => Tells(g, _world.Phone));

        await ChooseAsync(hook, hasText: false, hasNumbers: false);
        isUp = true;
        var before = _world.Receiver.At(hook.Path).Count;
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).TrueForAll(r => r.State == EventDeliveryState.Taken));
        foreach (var row in await _world.RowsAsync(hook.Id))
        {
            (await _world.Get<ReplayEvents>().ExecuteAsync(_world.Admin, row.Id)).Outcome.Should().Be(EventReplayOutcome.Asked);
        }

        var after = (await _world.Receiver.SeeAsync(hook.Path, before + 4)).Skip(before).ToList();
        after.Should().NotContain(g => g.Text.Contains("cardamom")).And.NotContain(g => Tells(g, _world.Phone));
        after.Should().OnlyContain(g => g.IsSignedWith(hook.Secret));
        after.First(g => g.Type == EventTypes.MessageReceived).Data.GetProperty("message").TryGetProperty("text", out _).Should().BeFalse();
        after.First(g => g.Type == EventTypes.ContactCreated).Data.GetProperty("contact").GetProperty("phone").GetString().Should().Contain("•");
    }

    [Fact]
    public async Task A_secret_that_nobody_can_read_any_more_is_told_and_a_new_one_mends_it()
    {
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(set => set.SetProperty(e => e.Secret, new byte[] { 1 })));
        await _world.MeetAsync();
        var row = await _world.OneAsync(hook.Id, rows => rows is [{ Tries: > 0 }]);
        (row.State, row.Fault).Should().Be((EventDeliveryState.Waiting, "The secret cannot be decrypted with the key ring. Make a new one."));
        _world.Receiver.At(hook.Path).Should().BeEmpty("what is not signed is not sent");

        var secret = (await _world.Get<RotateEventSecret>().ExecuteAsync(_world.Admin, hook.Id)).Secret!;

        (await _world.EndpointAsync(hook.Id)).OldSecret.Should().BeNull("there is nothing to go on signing with");
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(10));
        await _world.SettledAsync(hook.Id, EventDeliveryState.Taken);
        _world.Receiver.At(hook.Path).Single().IsSignedWith(secret).Should().BeTrue();
    }

    [Fact]
    public async Task Of_several_answers_the_one_that_asks_for_the_longest_rest_counts()
    {
        var ready = new TaskCompletionSource();
        _world.Receiver.Ready = ready.Task;
        _world.Receiver.Answer = (_, nth) => nth == 1 ? new ComeLater("3600") : TypedResults.StatusCode(502);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        var until = _world.Host.Clock.GetUtcNow().AddMinutes(2);
        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeaseId, Guid.NewGuid()).SetProperty(e => e.LeasedUntil, until)));
        for (var i = 0; i < 3; i++)
        {
            await _world.MeetAsync();
        }

        await _world.Host.ReadAsync(db => db.Set<EventEndpoint>().ExecuteUpdateAsync(
            set => set.SetProperty(e => e.LeaseId, (Guid?)null).SetProperty(e => e.LeasedUntil, (DateTimeOffset?)null)));
        await _world.Receiver.SeeAsync(hook.Path, 3);
        ready.SetResult();
        await Eventually.BeAsync(async () => (await _world.RowsAsync(hook.Id)).TrueForAll(r => r.Tries == 1));

        var endpoint = await Eventually.SeeAsync(() => _world.EndpointAsync(hook.Id), e => e.Failures > 0);
        (endpoint.RestsUntil - _world.Host.Clock.GetUtcNow()).Should().BeGreaterThan(TimeSpan.FromMinutes(55));
    }

    [Fact]
    public async Task What_the_address_before_answers_says_nothing_of_the_new_one()
    {
        var held = new TaskCompletionSource();
        _world.Receiver.Ready = held.Task;
        _world.Receiver.Answer = (path, _) => path == "/moved" ? TypedResults.NoContent() : TypedResults.StatusCode(410);
        var hook = await _world.ListenAsync([EventTypes.MessageReceived]);
        await _world.MeetAsync();
        await _world.Receiver.SeeAsync(hook.Path, 1);
        var input = new EventEndpointInput("Moved", new Uri(_world.Receiver.Address, "/moved").ToString(), [EventTypes.MessageReceived], HasText: true, HasNumbers: true);
        (await _world.Get<EditEventEndpoint>().ExecuteAsync(_world.Admin, hook.Id, input)).Words.Should().BeNull();

        held.SetResult();
        var row = await _world.SettledAsync(hook.Id, EventDeliveryState.Failed);

        row.Status.Should().Be(410);
        var endpoint = await _world.EndpointAsync(hook.Id);
        (endpoint.State, endpoint.Failures, endpoint.FailingSince).Should().Be((EventEndpointState.On, 0, (DateTimeOffset?)null));
        await _world.Get<ReplayEvents>().ExecuteAsync(_world.Admin, hook.Id, DateTimeOffset.MinValue);
        _world.Host.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.Receiver.SeeAsync("/moved", 1);
    }

    // In these tests the platform's own name of the customer is made of the number.
    private static bool Tells(GotEvent got, string phone) => got.Text.Replace($"IN.{phone}", "", StringComparison.Ordinal).Contains(phone, StringComparison.Ordinal);

    private async Task ChooseAsync(Listening hook, bool hasText, bool hasNumbers)
    {
        var endpoint = await _world.EndpointAsync(hook.Id);
        var input = new EventEndpointInput(endpoint.Name, endpoint.Address, endpoint.Types, hasText, hasNumbers);
        (await _world.Get<EditEventEndpoint>().ExecuteAsync(_world.Admin, hook.Id, input)).Words.Should().BeNull();
    }

    private sealed class ComeLater(string wait) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            httpContext.Response.Headers.RetryAfter = wait;
            return Task.CompletedTask;
        }
    }
}
