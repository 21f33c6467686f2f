using System.Diagnostics;
using System.Diagnostics.Metrics;
using Weflux.Web.CloudApi;

namespace Weflux.Web.Sending.Watch;

/// <summary>The numbers of the way out, for whoever runs Weflux. They name connections, and nobody and nothing that was said.</summary>
public sealed class SendingMeter
{
    /// <summary>The name under which they are collected.</summary>
    public const string Name = "Weflux.Sending";

    private readonly Counter<long> _attempts;
    private readonly Histogram<double> _waits;
    private IReadOnlyList<OutboxLevel> _levels = [];

    public SendingMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _attempts = meter.CreateCounter<long>("weflux.sending.attempts", "{attempt}", "Calls to send a message, by how they ended.");
        _waits = meter.CreateHistogram(
            "weflux.sending.wait",
            "s",
            "From a message's place in the queue to its call.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600] });
        meter.CreateObservableGauge("weflux.outbox.messages", () => _levels.SelectMany(Depths), "{message}", "Messages on their way out, by state.");
        meter.CreateObservableGauge("weflux.outbox.oldest", () => _levels.Select(l => Of(l, l.OldestSeconds)), "s", "How long the oldest message that may go has waited.");
        meter.CreateObservableGauge("weflux.sending.resting", () => _levels.Select(l => Of(l, l.IsResting ? 1L : 0L)), "{number}", "1 while a number rests after a refusal or without an answer.");
    }

    /// <summary>A call ended.</summary>
    /// <param name="connectionId">The number.</param>
    /// <param name="result">How.</param>
    /// <param name="waited">How long the message had waited for it; null for one that is called again.</param>
    public void Called(long connectionId, SendResult result, TimeSpan? waited)
    {
        var tags = new TagList { { "connection", connectionId }, { "outcome", Outcome(result) } };
        if (result is Rejected { Fault.Code: var refused })
        {
            tags.Add("code", refused);
        }
        else if (result is RetryLater { Fault.Code: var later })
        {
            tags.Add("code", later);
        }

        _attempts.Add(1, tags);
        if (waited is { } time)
        {
            _waits.Record(Math.Max(0, time.TotalSeconds), new KeyValuePair<string, object?>("connection", connectionId));
        }
    }

    /// <summary>How the outbox is now.</summary>
    public void Show(IReadOnlyList<OutboxLevel> levels) => _levels = levels;

    private static string Outcome(SendResult result) => result switch
    {
        Accepted => "accepted",
        Rejected => "rejected",
        RetryLater => "retry_later",
        NotSent => "not_sent",
        _ => "unknown",
    };

    private static IEnumerable<Measurement<long>> Depths(OutboxLevel level) =>
    [
        new(level.Waiting, new("connection", level.ConnectionId), new("state", "waiting")),
        new(level.InFlight, new("connection", level.ConnectionId), new("state", "in_flight")),
        new(level.Unknown, new("connection", level.ConnectionId), new("state", "unknown")),
    ];

    private static Measurement<T> Of<T>(OutboxLevel level, T value)
        where T : struct => new(value, new KeyValuePair<string, object?>("connection", level.ConnectionId));
}

/// <summary>How much of a number is on its way out.</summary>
public sealed record OutboxLevel(long ConnectionId, int Waiting, int InFlight, int Unknown, double OldestSeconds, bool IsResting);
