using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Sending;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Faults;

/// <summary>Webhooks that come twice, in any order, or spoiled.</summary>
public sealed class DisorderTests : IAsyncLifetime
{
    private const string Phone = "919500000001";
    private GraphStub _graph = null!;
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;

    public async ValueTask InitializeAsync()
    {
        _graph = await GraphStub.StartAsync();
        _host = await WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = _graph.Address.ToString());
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
        await _host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        await _graph.DisposeAsync();
    }

    [Fact]
    public async Task Ten_equal_deliveries_at_once_are_one_message()
    {
        var body = MetaWebhooks.TextFrom("wamid.once", Phone, "hello", _host.Clock.GetUtcNow());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _webhooks.PostAsync(body)));

        answers.Should().OnlyContain(answer => answer == HttpStatusCode.OK);
        (await _host.SettledAsync()).Should().HaveCount(10).And.OnlyContain(d => d.State == WebhookDeliveryState.Done);
        (await _host.MessagesAsync()).Should().ContainSingle();
        (await _host.ConversationsAsync()).Single().InboundCount.Should().Be(1);
    }

    [Fact]
    public async Task Statuses_in_every_order_and_twice_end_in_the_furthest()
    {
        string[] statuses = ["sent", "delivered", "read", "failed"];
        var orders = Permutations(statuses).ToList();
        orders.Should().HaveCount(24);
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.in", Phone, "hello", _host.Clock.GetUtcNow()));
        await _host.SettledAsync();
        var conversation = (await _host.ConversationsAsync()).Single().Id;
        var agent = await _host.ActorAsync();
        for (var nth = 0; nth < orders.Count; nth++)
        {
            await _host.Services.GetRequiredService<SendReply>().ExecuteAsync(agent, conversation, new TextContent($"answer {nth}"), Guid.NewGuid());
        }

        var sent = await Eventually.SeeAsync(
            async () => (await _host.MessagesAsync()).Where(m => m.Status == DeliveryStatus.Sent).ToList(), found => found.Count == orders.Count);
        foreach (var (message, order) in sent.Zip(orders))
        {
            foreach (var status in order)
            {
                var body = MetaWebhooks.Envelope(MetaWebhooks.Statuses(MetaWebhooks.Status(message.WhatsAppId!, status, _host.Clock.GetUtcNow())));
                await Task.WhenAll(_webhooks.PostAsync(body.DeepClone()), _webhooks.PostAsync(body));
            }
        }

        (await _host.SettledAsync()).Should().OnlyContain(d => d.State == WebhookDeliveryState.Done);
        (await _host.MessagesAsync()).Where(m => m.Direction == MessageDirection.Out).Should().OnlyContain(m => m.Status == DeliveryStatus.Read);
        var history = await _host.ReadAsync(db => db.Set<MessageStatusEntry>().GroupBy(s => s.MessageId).Select(g => g.Count()).ToListAsync());
        history.Should().HaveCount(24).And.OnlyContain(count => count == 4);
    }

    [Fact]
    public async Task Poison_is_parked_and_its_neighbours_are_shown()
    {
        var now = _host.Clock.GetUtcNow();
        byte[][] poison =
        [
            "not json at all"u8.ToArray(), "[]"u8.ToArray(), "{\"object\":\"whatsapp_business_account\",\"entry\":7}"u8.ToArray(),
            Encoding.UTF8.GetBytes(new string('[', 5000)), [0xff, 0xfe, 0x00],
        ];
        var timeless = MetaWebhooks.Text("wamid.timeless", Phone, null, "no time", now);
        timeless["timestamp"] = "yesterday";
        var mixed = MetaWebhooks.Envelope(
            MetaWebhooks.Value([], [MetaWebhooks.Text("wamid.before", Phone, null, "before", now)]),
            MetaWebhooks.Value([], [timeless, new JsonObject()]),
            MetaWebhooks.Value([], [MetaWebhooks.Text("wamid.after", Phone, null, "after", now)]));

        foreach (var body in poison)
        {
            (await _webhooks.PostAsync(body)).Should().Be(HttpStatusCode.OK, "it is signed, so it is kept");
        }

        (await _webhooks.PostAsync(mixed)).Should().Be(HttpStatusCode.OK);
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.last", Phone, "last", now));

        var deliveries = await _host.SettledAsync();
        deliveries.Should().HaveCount(poison.Length + 2);
        deliveries[..^1].Should().OnlyContain(d => d.State == WebhookDeliveryState.Parked && d.ParkedItems.Count > 0);
        deliveries[^1].State.Should().Be(WebhookDeliveryState.Done);
        deliveries[^2].ParkedItems.Select(i => i.Index).Should().Equal([2], "only what says nothing waits");
        (await _host.MessagesAsync()).Select(m => m.WhatsAppId).Should().BeEquivalentTo(["wamid.before", "wamid.timeless", "wamid.after", "wamid.last"]);
    }

    private static IEnumerable<string[]> Permutations(string[] items) => items.Length == 0
        ? [[]]
        : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (string[])[first, .. rest]));
}
