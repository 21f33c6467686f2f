using System.Collections.Concurrent;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>Which accounts send webhooks. They begin subscribed, so that a fresh demo works before anyone connects it.</summary>
internal sealed class Subscriptions
{
    private const string Kind = "unsubscribed";
    private readonly ConcurrentDictionary<string, bool> _unsubscribed = [];
    private readonly StateLog _log;

    public Subscriptions(StateLog log)
    {
        _log = log;
        foreach (var waba in log.Load<string>(Kind))
        {
            _unsubscribed[waba] = true;
        }
    }

    public bool IsSubscribed(string wabaId) => !_unsubscribed.ContainsKey(wabaId);

    public void Subscribe(string wabaId)
    {
        _unsubscribed.TryRemove(wabaId, out _);
        _log.Remove(Kind, wabaId);
    }

    public void Unsubscribe(string wabaId)
    {
        _unsubscribed[wabaId] = true;
        _log.Put(Kind, wabaId, wabaId);
    }
}
