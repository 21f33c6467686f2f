using Weflux.Domain.Sending;

namespace Weflux.Web.Scheduling;

public enum ScheduleOutcome
{
    /// <summary>It is as it was asked for.</summary>
    Done,

    /// <summary>There is none for this person, or it has gone out or been taken back meanwhile.</summary>
    NotFound,

    /// <summary>The time is past, or less than a minute ahead.</summary>
    TooSoon,

    /// <summary>The time is more than 90 days ahead.</summary>
    TooFar,

    /// <summary>Too many wait in this conversation.</summary>
    TooMany,

    /// <summary>The same draft has gone out already.</summary>
    AlreadySent,

    /// <summary>The policy says no to what was typed.</summary>
    Refused,

    /// <summary>The policy says no to the template for a closed window.</summary>
    FallbackRefused,
}

/// <summary>What became of it.</summary>
/// <param name="Outcome">Whether it is done.</param>
/// <param name="Id">The scheduled message, where there is one.</param>
/// <param name="Decision">What the policy said, if it said no.</param>
public sealed record ScheduleAnswer(ScheduleOutcome Outcome, long? Id = null, SendDecision? Decision = null);
