using System.Globalization;
using System.Text.Json;
using Weflux.Simulator.Graph;
using Weflux.Simulator.State;

namespace Weflux.Simulator.Control;

/// <summary>Every POST to the messages edge and how it was answered, so that a test can count what Weflux really sent.</summary>
internal sealed class Ledger
{
    private const string Kind = "ledger";
    private const int Kept = 20_000;
    private readonly Lock _gate = new();
    private readonly Queue<LedgerEntry> _entries = [];
    private readonly StateLog _log;
    private readonly TimeProvider _time;
    private long _sequence;

    public Ledger(StateLog log, TimeProvider time)
    {
        (_log, _time) = (log, time);
        foreach (var entry in log.Load<LedgerEntry>(Kind))
        {
            _entries.Enqueue(entry);
            _sequence = entry.Sequence;
        }
    }

    public void Note(GraphRequest request, GraphAnswer answer)
    {
        lock (_gate)
        {
            var entry = new LedgerEntry(++_sequence, _time.GetUtcNow(), request.ObjectId, request.Body?.Clone(), answer.Status, answer.ErrorCode, answer.Wamid);
            _entries.Enqueue(entry);
            _log.Put(Kind, KeyOf(entry), entry);
            if (_entries.Count > Kept)
            {
                _log.Remove(Kind, KeyOf(_entries.Dequeue()));
            }
        }
    }

    public IReadOnlyList<LedgerEntry> After(long sequence)
    {
        lock (_gate)
        {
            return [.. _entries.Where(entry => entry.Sequence > sequence)];
        }
    }

    private static string KeyOf(LedgerEntry entry) => entry.Sequence.ToString(CultureInfo.InvariantCulture);
}

internal sealed record LedgerEntry(
    long Sequence,
    DateTimeOffset At,
    string PhoneNumberId,
    JsonElement? Body,
    int Status,
    int? ErrorCode,
    string? Wamid);
