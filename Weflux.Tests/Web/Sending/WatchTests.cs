using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Watch;
using Eventually = Weflux.Tests.Support.Eventually;

namespace Weflux.Tests.Web.Sending;

/// <summary>What Admins and whoever runs Weflux see of the way out.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private Actor _admin = null!;
    private long _conversation;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        await new MetaWebhooks(_client).PostAsync(MetaWebhooks.TextFrom("wamid.in.1", "919200000001", "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        _conversation = (await _host.ConversationsAsync()).Single().Id;
        _admin = await _host.ActorAsync("admin@demo.test");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task An_Admin_sees_what_waits_what_rests_and_what_was_refused()
    {
        _graph.Answer = (context, _, _) => GraphStub.RefuseAsync(context, 130429);
        await ReplyAsync("one");
        await ReplyAsync("two");
        await Eventually.BeAsync(async () => (await LookAsync()).Rest is not null);

        var number = await LookAsync();

        number.Rest!.Code.Should().Be(130429);
        number.Rest.Why.Should().Be("This number sent too much at once.");
        number.Rest.Until.Should().BeAfter(number.Rest.Since);
        (number.Due + number.Later + number.InFlight).Should().Be(2);
        number.Faults.Should().ContainSingle().Which.Should().Match<SendingFault>(f => f.Outcome == AttemptOutcome.RetryLater && f.Code == 130429 && f.Count >= 1);
        number.PerSecond.Should().Be(80);

        _graph.Answer = (context, _, nth) => GraphStub.AcceptAsync(context, $"wamid.watch.{nth}");
        await _host.PassUntilAsync(TimeSpan.FromSeconds(5), async () => await LookAsync() is { Due: 0, Later: 0, InFlight: 0, Rest: null });
        (await LookAsync()).SentLastMinute.Should().BePositive();
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_counted_so()
    {
        _graph.Answer = (context, _, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await ReplyAsync("hm");

        var number = await Eventually.SeeAsync(LookAsync, found => found.Unknown == 1);

        number.Faults.Should().ContainSingle().Which.Outcome.Should().Be(AttemptOutcome.Unknown);
        number.OldestSince.Should().BeNull();
    }

    [Fact]
    public async Task Only_Admins_see_it_and_only_their_own_numbers()
    {
        var query = _host.Services.GetRequiredService<SendingQuery>();

        (await query.ListAsync(await _host.ActorAsync("manager@demo.test"))).Should().BeNull();
        (await query.ListAsync(await _host.ActorAsync())).Should().BeNull();
        (await query.ListAsync(await _host.ActorAsync("admin@demo-two.test", "demo-two")))!.Should().OnlyContain(n => n.DisplayPhoneNumber != "+91 98765 43210");
    }

    [Fact]
    public async Task The_metrics_tell_how_calls_ended_how_long_messages_waited_and_what_is_in_the_outbox()
    {
        var counts = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        var meters = _host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == SendingMeter.Name && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument.Name, value, tags));
        listener.Start();
        _graph.Answer = (context, _, nth) => nth == 1 ? GraphStub.RefuseAsync(context, 131026) : GraphStub.RefuseAsync(context, 130429);
        await ReplyAsync("refused");
        await Eventually.BeAsync(async () => (await LookAsync()).Faults.Count == 1);
        await ReplyAsync("later");
        await Eventually.BeAsync(async () => (await LookAsync()).Rest is not null);

        await _host.Services.GetRequiredService<OutboxGauges>().LookAsync(TestContext.Current.CancellationToken);
        listener.RecordObservableInstruments();

        lock (counts)
        {
            counts["weflux.sending.attempts rejected 131026"].Should().Be(1);
            counts["weflux.sending.attempts retry_later 130429"].Should().BeGreaterThanOrEqualTo(1);
            counts.Keys.Should().Contain("weflux.sending.wait");
            counts["weflux.sending.resting"].Should().Be(1);
            (counts["weflux.outbox.messages waiting"] + counts["weflux.outbox.messages in_flight"]).Should().Be(1);
            counts.Keys.Should().Contain("weflux.outbox.oldest");
        }

        void Count(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var words = new List<string> { name };
            foreach (var tag in tags)
            {
                if (tag.Key is not "connection")
                {
                    words.Add($"{tag.Value}");
                }
            }

            lock (counts)
            {
                counts[string.Join(' ', words)] = counts.GetValueOrDefault(string.Join(' ', words)) + value;
            }
        }
    }

    private async Task<NumberSending> LookAsync() => (await _host.Services.GetRequiredService<SendingQuery>().ListAsync(_admin))!.Single();

    private async Task ReplyAsync(string text) => await _host.Services.GetRequiredService<SendReply>()
        .ExecuteAsync(_admin, _conversation, new TextContent(text), Guid.NewGuid());
}
