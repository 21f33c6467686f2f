using System.Text.Json;
using Weflux.Domain.Conversations;
using Weflux.Tests.Simulator;
using Weflux.Web.Sending;

namespace Weflux.Tests.Faults;

/// <summary>
/// Compares three books that were kept apart: what the load generator got a 200 for, what the simulator was posted, and
/// what the database holds. Each violation is one sentence.
/// </summary>
internal static class Checker
{
    /// <summary>The temporary refusals after which the platform may be called again.</summary>
    private static readonly int[] TemporaryCodes = [2, 4, 80007, 130429, 131016, 131056, 131057];

    /// <summary>What must hold at any time at which nothing is under way.</summary>
    public static IReadOnlyList<string> Violations(Evidence evidence, Load load, IReadOnlyCollection<string> written, IReadOnlyList<JsonElement> ledger) =>
    [
        .. Webhooks(evidence, load),
        .. Posts(evidence, ledger),
        .. Answers(evidence, written),
        .. evidence.Integrity() is var integrity and not "ok" ? [$"The file is not sound: {integrity}"] : (string[])[],
    ];

    /// <summary>What must hold at the end: nothing moves for ever.</summary>
    public static IReadOnlyList<string> Unsettled(Evidence evidence) =>
    [
        .. evidence.Pending() is > 0 and var pending ? [$"{pending} deliveries are pending."] : (string[])[],
        .. evidence.Outbox() is > 0 and var rows ? [$"{rows} messages are in the outbox."] : (string[])[],
        .. evidence.Answers().Where(a => !a.Status.IsSettled()).Select(a => $"'{a.Text}' is {a.Status} for ever."),
    ];

    /// <summary>What must hold at the end: each reply is shown as it went out, as far as anybody can know.</summary>
    public static IEnumerable<string> Untruths(Evidence evidence, IReadOnlyList<JsonElement> ledger)
    {
        var posts = ledger.Where(e => TextOf(e) is not null).ToLookup(e => TextOf(e)!, StringComparer.Ordinal);
        var attempts = evidence.Attempts().Values.ToLookup(a => a.MessageId, a => a.Outcome);
        foreach (var (id, text, status, whatsAppId) in evidence.Answers())
        {
            var accepted = posts[text].Select(e => e.Text("wamid")).OfType<string>().FirstOrDefault();
            if (accepted is not null && (whatsAppId != accepted || status is DeliveryStatus.Failed or < DeliveryStatus.Sent))
            {
                yield return $"'{text}' was taken as {accepted} and is shown as {status} with the id {whatsAppId ?? "none"}.";
            }

            if (accepted is null && status is not (DeliveryStatus.Failed or DeliveryStatus.NotConfirmed))
            {
                yield return $"'{text}' was never taken and is shown as {status}.";
            }

            if (status == DeliveryStatus.Failed && attempts[id].Any(o => o is AttemptOutcome.InFlight or AttemptOutcome.Unknown))
            {
                yield return $"'{text}' is shown as failed, and it may have reached the customer.";
            }
        }
    }

    public static IEnumerable<string> Webhooks(Evidence evidence, Load load)
    {
        var stored = evidence.Inbound();
        var owners = stored.ToLookup(m => m.WhatsAppId, m => m.Phone, StringComparer.Ordinal);
        foreach (var (id, phone) in load.Acknowledged)
        {
            var here = owners[id].ToList();
            if (here.Count == 0)
            {
                yield return $"{id} was acknowledged and is lost.";
            }
            else if (here.Distinct(StringComparer.Ordinal).Count() > 1 || !here[0].EndsWith(phone, StringComparison.Ordinal))
            {
                yield return $"{id} of {phone} is filed under {string.Join(", ", here)}.";
            }
        }

        foreach (var id in evidence.DoubledIds())
        {
            yield return $"{id} is shown twice.";
        }

        foreach (var doubled in evidence.DoubledPeople())
        {
            yield return doubled;
        }

        if (evidence.Parked() is > 0 and var parked)
        {
            yield return $"{parked} deliveries are parked, and none was bad.";
        }
    }

    public static IEnumerable<string> Posts(Evidence evidence, IReadOnlyList<JsonElement> ledger)
    {
        foreach (var attempt in ledger.Select(e => e.Text("attempt")).OfType<string>().GroupBy(a => a, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"Attempt {attempt.Key} was posted {attempt.Count()} times.";
        }

        // By the text and not by the attempt: the books are to be independent.
        foreach (var posts in ledger.Where(e => TextOf(e) is not null).GroupBy(e => TextOf(e)!, StringComparer.Ordinal))
        {
            var inOrder = posts.OrderBy(e => e.GetProperty("sequence").GetInt64()).ToList();
            foreach (var earlier in inOrder.SkipLast(1).Where(e => !IsCertainlyRefused(e)))
            {
                yield return $"'{posts.Key}' was posted again after {earlier.GetRawText()}.";
            }
        }

        foreach (var forbidden in evidence.ForbiddenAttempts())
        {
            yield return $"Message {forbidden}: an attempt after one that may have reached the customer.";
        }

        var attempts = evidence.Attempts();
        foreach (var entry in ledger.Where(e => e.Text("attempt") is { } a && !attempts.ContainsKey(a)))
        {
            yield return $"Attempt {entry.Text("attempt")} was posted before it was committed.";
        }

        // What Weflux believes of each attempt against what the platform did. Of a lost answer it believes nothing.
        var booked = ledger.Where(e => e.Text("attempt") is not null).ToLookup(e => e.Text("attempt")!, StringComparer.Ordinal);
        foreach (var (id, (message, outcome)) in attempts)
        {
            var entry = booked[id].Cast<JsonElement?>().FirstOrDefault();
            var isSo = outcome switch
            {
                AttemptOutcome.NotSent => entry is null,
                AttemptOutcome.Accepted => entry?.Text("wamid") is not null,
                AttemptOutcome.RetryLater => entry is { } refused && IsCertainlyRefused(refused),
                AttemptOutcome.Rejected => entry is { } rejected && rejected.Text("wamid") is null && CodeOf(rejected) is not null,
                _ => true,
            };
            if (!isSo)
            {
                yield return $"Attempt {id} of message {message} is {outcome} in the database, and in the ledger: {entry?.GetRawText() ?? "never posted"}.";
            }
        }
    }

    private static IEnumerable<string> Answers(Evidence evidence, IReadOnlyCollection<string> written)
    {
        var kept = evidence.Answers().Select(a => a.Text).ToList();
        foreach (var lost in written.Except(kept, StringComparer.Ordinal))
        {
            yield return $"'{lost}' was written and is lost.";
        }

        foreach (var twice in kept.GroupBy(t => t, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            yield return $"'{twice.Key}' stands there {twice.Count()} times.";
        }
    }

    private static string? TextOf(JsonElement entry) =>
        entry.TryGetProperty("body", out var body) && body.TryGetProperty("text", out var text) ? text.GetProperty("body").GetString() : null;

    /// <summary>Whether the platform said that it did not take the message for the moment, and really did not.</summary>
    private static bool IsCertainlyRefused(JsonElement entry) =>
        entry.Text("wamid") is null && CodeOf(entry) is { } code && TemporaryCodes.Contains(code);

    private static int? CodeOf(JsonElement entry) =>
        entry.TryGetProperty("error_code", out var code) && code.ValueKind == JsonValueKind.Number ? code.GetInt32() : null;
}
