using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Weflux.Simulator.Graph.Accounts;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Webhooks;

/// <summary>Webhooks in the order in which they happened, one line per number, kept until delivered.</summary>
internal sealed class WebhookQueue
{
    private const string Kind = "webhook";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Channel<QueuedWebhook>> _lines = [];
    private readonly Dictionary<string, int> _pending = [];
    private readonly StateLog _log;
    private readonly Subscriptions _subscriptions;
    private readonly TimeProvider _time;
    private long _lastId;

    public WebhookQueue(SimulatorOptions options, StateLog log, Subscriptions subscriptions, TimeProvider time)
    {
        (_log, _subscriptions, _time) = (log, subscriptions, time);
        foreach (var number in options.Numbers)
        {
            _lines[number.PhoneNumberId] = Channel.CreateUnbounded<QueuedWebhook>();
            _pending[number.PhoneNumberId] = 0;
        }

        foreach (var webhook in log.Load<QueuedWebhook>(Kind).Where(webhook => _lines.ContainsKey(webhook.PhoneNumberId)))
        {
            _lastId = Math.Max(_lastId, webhook.Id);
            Enter(webhook);
        }
    }

    public void Enqueue(SimulatedNumber number, JsonObject value, string? customerWamid = null, string field = "messages")
    {
        if (!_subscriptions.IsSubscribed(number.WabaId))
        {
            return;
        }

        var body = MetaJson.Write(WebhookEnvelope.Of(number, field, value, field == "messages" ? null : _time.GetUtcNow()));
        lock (_gate)
        {
            var webhook = new QueuedWebhook(++_lastId, number.PhoneNumberId, body, customerWamid, field);
            _log.Put(Kind, KeyOf(webhook), webhook);
            Enter(webhook);
        }
    }

    public ValueTask<QueuedWebhook> NextAsync(string phoneNumberId, CancellationToken cancellation) =>
        _lines[phoneNumberId].Reader.ReadAsync(cancellation);

    /// <summary>What else waits in the line at this moment.</summary>
    public IReadOnlyList<QueuedWebhook> Rest(string phoneNumberId)
    {
        var rest = new List<QueuedWebhook>();
        while (_lines[phoneNumberId].Reader.TryRead(out var webhook))
        {
            rest.Add(webhook);
        }

        return rest;
    }

    public void Delivered(QueuedWebhook webhook)
    {
        lock (_gate)
        {
            _log.Remove(Kind, KeyOf(webhook));
            _pending[webhook.PhoneNumberId]--;
        }
    }

    public int PendingOf(string phoneNumberId)
    {
        lock (_gate)
        {
            return _pending.GetValueOrDefault(phoneNumberId);
        }
    }

    private void Enter(QueuedWebhook webhook)
    {
        _pending[webhook.PhoneNumberId]++;
        _lines[webhook.PhoneNumberId].Writer.TryWrite(webhook);
    }

    private static string KeyOf(QueuedWebhook webhook) => webhook.Id.ToString(CultureInfo.InvariantCulture);
}
