using System.Security.Cryptography;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Faults;

/// <summary>What shall go wrong, one entry for each kind and number. Chance comes from a seed that is shown and can be set.</summary>
internal sealed class FaultBook
{
    private const string Kind = "fault";
    private const string SeedKind = "fault_seed";
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Fault> _faults = [];
    private readonly StateLog _log;
    private Random _chance = null!;

    public FaultBook(StateLog log)
    {
        _log = log;
        foreach (var fault in log.Load<Fault>(Kind))
        {
            _faults[fault.Key] = fault;
        }

        Sow(log.Load<int>(SeedKind).Append(RandomNumberGenerator.GetInt32(1, 1_000_000)).First());
    }

    public int Seed { get; private set; }

    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults.Values];
            }
        }
    }

    public void Set(Fault fault)
    {
        lock (_gate)
        {
            Keep(fault);
        }
    }

    public bool Remove(string key)
    {
        lock (_gate)
        {
            _log.Remove(Kind, key);
            return _faults.Remove(key);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            foreach (var key in _faults.Keys.ToList())
            {
                _log.Remove(Kind, key);
            }

            _faults.Clear();
        }
    }

    /// <summary>Chance starts anew from this seed.</summary>
    public void Sow(int seed)
    {
        lock (_gate)
        {
            Seed = seed;
            _chance = new Random(seed);
            _log.Put(SeedKind, "seed", seed);
        }
    }

    /// <summary>The fault of this kind that happens now, if it does. One for the number itself goes before one for all.</summary>
    public Fault? Take(FaultKind kind, string? number, bool isSend = true)
    {
        lock (_gate)
        {
            var fault = _faults.Values
                .Where(fault => fault.Kind == kind && (isSend || fault.EveryCall) && (fault.Number is null || fault.Number == number))
                .MaxBy(fault => fault.Number is not null);
            return fault is not null && Happens(fault) ? fault : null;
        }
    }

    public void Shuffle<T>(Span<T> items)
    {
        lock (_gate)
        {
            _chance.Shuffle(items);
        }
    }

    private bool Happens(Fault fault)
    {
        if (fault.Next is not { } left)
        {
            return _chance.NextDouble() < fault.Probability;
        }

        if (left <= 1)
        {
            _faults.Remove(fault.Key);
            _log.Remove(Kind, fault.Key);
        }
        else
        {
            Keep(fault with { Next = left - 1 });
        }

        return true;
    }

    private void Keep(Fault fault)
    {
        _faults[fault.Key] = fault;
        _log.Put(Kind, fault.Key, fault);
    }
}
