using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Whether an account sends webhooks, and its own address for those about messages.</summary>
internal sealed record Subscription(string WabaId, bool IsOn, string? Override);

/// <summary>A number's own address for webhooks about messages, which comes before its account's; empty for none.</summary>
internal sealed record NumberAddress(string PhoneNumberId, string Callback);

/// <summary>Which accounts send webhooks. Those of the demo begin subscribed, so that it works before anyone connects it.</summary>
internal sealed class Subscriptions
{
    private const string Kind = "subscription";
    private const string NumberKind = "number-address";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Subscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NumberAddress> _numbers = new(StringComparer.Ordinal);
    private readonly StateLog _log;

    public Subscriptions(SimulatorOptions options, StateLog log)
    {
        _log = log;
        var first = options.Numbers.DistinctBy(number => number.WabaId).Select(number => new Subscription(number.WabaId, number.IsConnected, null));
        foreach (var subscription in first.Concat(log.Load<Subscription>(Kind)))
        {
            _subscriptions[subscription.WabaId] = subscription;
        }

        foreach (var number in log.Load<NumberAddress>(NumberKind))
        {
            _numbers[number.PhoneNumberId] = number;
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

    /// <summary>The number's own address; null if it has none.</summary>
    public string? AddressOf(SimulatedNumber number)
    {
        lock (_gate)
        {
            return _numbers.GetValueOrDefault(number.PhoneNumberId) is { Callback.Length: > 0 } own ? own.Callback : null;
        }
    }

    /// <summary>Gives the number an address of its own, or takes it away with an empty one.</summary>
    public void Direct(SimulatedNumber number, string callback)
    {
        lock (_gate)
        {
            var own = _numbers[number.PhoneNumberId] = new NumberAddress(number.PhoneNumberId, callback);
            _log.Put(NumberKind, number.PhoneNumberId, own);
        }
    }

    private void Keep(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions[subscription.WabaId] = subscription;
            _log.Put(Kind, subscription.WabaId, subscription);
        }
    }
}
