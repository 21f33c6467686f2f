using System.Globalization;
using System.Text.Json;
using Weflux.Simulator.Faults;
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

    /// <param name="request">What was asked; nothing of it is known if the connection was reset before it was read.</param>
    /// <param name="phoneNumberId">The number it was asked of.</param>
    /// <param name="answer">How it was answered; null if it was not.</param>
    /// <param name="fault">What went wrong on purpose.</param>
    public void Note(GraphRequest request, string phoneNumberId, GraphAnswer? answer, FaultKind? fault)
    {
        lock (_gate)
        {
            var body = request.Body?.Clone();
            var entry = new LedgerEntry(++_sequence, _time.GetUtcNow(), phoneNumberId)
            {
                Attempt = body?.Text("biz_opaque_callback_data"),
                To = body?.Text("to") ?? body?.Text("recipient"),
                Body = body,
                Status = answer?.Status,
                ErrorCode = answer?.ErrorCode,
                Wamid = answer?.Wamid,
                Fault = fault,
            };
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

/// <summary>One POST to the messages edge.</summary>
internal sealed record LedgerEntry(long Sequence, DateTimeOffset At, string PhoneNumberId)
{
    /// <summary>What Weflux calls this attempt: its <c>biz_opaque_callback_data</c>.</summary>
    public string? Attempt { get; init; }

    public string? To { get; init; }

    public JsonElement? Body { get; init; }

    /// <summary>The HTTP status; null when the connection was reset instead of an answer.</summary>
    public int? Status { get; init; }

    public int? ErrorCode { get; init; }

    /// <summary>The id of the message, if it was accepted, whether or not the answer said so.</summary>
    public string? Wamid { get; init; }

    public FaultKind? Fault { get; init; }
}
