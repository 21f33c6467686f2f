using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Whether an account sends webhooks, and its own address for those about messages.</summary>
internal sealed record Subscription(string WabaId, bool IsOn, string? Override);

/// <summary>Which accounts send webhooks. Those of the demo begin subscribed, so that it works before anyone connects it.</summary>
internal sealed class Subscriptions
{
    private const string Kind = "subscription";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly StateLog _log;

    public Subscriptions(SimulatorOptions options, StateLog log)
    {
        _log = log;
        var first = options.Numbers.DistinctBy(number => number.WabaId).Select(number => new Subscription(number.WabaId, number.IsConnected, null));
        foreach (var subscription in first.Concat(log.Load<Subscription>(Kind)))
        {
            _subscriptions[subscription.WabaId] = subscription;
        }
    }

    public bool IsSubscribed(string wabaId) => Of(wabaId).IsOn;

    public Subscription Of(string wabaId)
    {
        lock (_gate)
        {
            return _subscriptions.GetValueOrDefault(wabaId) ?? new Subscription(wabaId, IsOn: false, null);
        }
    }

    public void Subscribe(string wabaId, string? callback) => Keep(new Subscription(wabaId, IsOn: true, callback));

    public void Unsubscribe(string wabaId) => Keep(new Subscription(wabaId, IsOn: false, null));

    private void Keep(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions[subscription.WabaId] = subscription;
            _log.Put(Kind, subscription.WabaId, subscription);
        }
    }
}
