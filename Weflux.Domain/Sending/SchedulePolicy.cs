using Weflux.Domain.Conversations;

namespace Weflux.Domain.Sending;

/// <summary>What happens to a scheduled message that is due: a closed family.</summary>
public abstract record DueOutcome
{
    private protected DueOutcome()
    {
    }
}

/// <summary>It goes out as it was typed.</summary>
public sealed record SendAsTyped : DueOutcome;

/// <summary>The window is closed: the template that was chosen for that goes out instead.</summary>
public sealed record SendFallback : DueOutcome;

/// <summary>It comes back to whoever wrote it.</summary>
/// <param name="Fault">Why.</param>
public sealed record ComeBack(PlatformFault Fault) : DueOutcome;

/// <summary>Whether a time can be planned.</summary>
public enum DueTime
{
    /// <summary>It can.</summary>
    Fits = 0,

    /// <summary>It is past, or less than <see cref="SchedulePolicy.Shortest"/> ahead.</summary>
    TooSoon = 1,

    /// <summary>It is more than <see cref="SchedulePolicy.Longest"/> ahead.</summary>
    TooFar = 2,
}

/// <summary>When a message can be planned for, and what happens when it is due.</summary>
public static class SchedulePolicy
{
    /// <summary>How many may wait in one conversation.</summary>
    public const int MostWaiting = 100;

    /// <summary>How far ahead a message is planned at least. What is to leave sooner is sent.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>How far ahead a message is planned at most.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>How late a message may leave. "See you at nine" that arrives in the afternoon is worse than none.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(6);

    /// <summary>Whether a message can be planned for this time.</summary>
    public static DueTime Check(DateTimeOffset dueAt, DateTimeOffset now) =>
        dueAt - now < Shortest ? DueTime.TooSoon
        : dueAt - now > Longest ? DueTime.TooFar
        : DueTime.Fits;

    /// <summary>Whether it is so late that nobody should send it unasked.</summary>
    public static bool IsTooLate(DateTimeOffset dueAt, DateTimeOffset now) => now - dueAt > Patience;

    /// <summary>Whether a decision lets a message be planned. A closed window does: what counts is whether it is open then.</summary>
    public static bool MayPlan(SendDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return decision is Allowed or NeedsTemplate;
    }

    /// <summary>
    /// What happens to a message that is due: with an open window it goes as typed, with a closed one the template that was
    /// chosen for that goes, and in every other case it comes back with the reason. A template stands in for a closed window
    /// only: whoever may not be written to gets none either.
    /// </summary>
    /// <param name="dueAt">When it was due (UTC).</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="typed">The decision for what was typed; null if its author may not write there any more.</param>
    /// <param name="fallback">The decision for the template; null if none was chosen.</param>
    public static DueOutcome Decide(DateTimeOffset dueAt, DateTimeOffset now, SendDecision? typed, SendDecision? fallback) => (typed, fallback) switch
    {
        _ when IsTooLate(dueAt, now) => new ComeBack(OwnFaults.Fault(OwnFaults.ScheduledTooLate)),
        (null or NotPermitted, _) => new ComeBack(OwnFaults.Fault(OwnFaults.AuthorGone)),
        (Allowed, _) => new SendAsTyped(),
        (NeedsTemplate, Allowed) => new SendFallback(),
        (NeedsTemplate, NotPermitted) => new ComeBack(OwnFaults.Fault(OwnFaults.AuthorGone)),
        (NeedsTemplate, { } refused) => new ComeBack(OwnFaults.Of(refused)),
        ({ } refused, _) => new ComeBack(OwnFaults.Of(refused)),
    };
}
