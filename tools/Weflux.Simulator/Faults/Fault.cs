namespace Weflux.Simulator.Faults;

/// <summary>
/// One thing that goes wrong, for one number or for all: each time with a probability, or the next few times.
/// </summary>
internal sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>The phone number id it concerns; null for all.</summary>
    public string? Number { get; init; }

    /// <summary>How likely it is each time, from 0 to 1; null when it is counted instead.</summary>
    public double? Probability { get; init; }

    /// <summary>How many more times it happens; null when it is a matter of probability.</summary>
    public int? Next { get; init; }

    /// <summary>Also for calls that send nothing, such as reading templates.</summary>
    public bool EveryCall { get; init; }

    /// <summary>How long a delay lasts.</summary>
    public int Milliseconds { get; init; } = 1000;

    /// <summary>How often a duplicated webhook is posted in all.</summary>
    public int Copies { get; init; } = 2;

    /// <summary>The copies are posted side by side, not one after the other.</summary>
    public bool AtOnce { get; init; }

    /// <summary>The HTTP status of a refusal; 0 for the usual one of its kind.</summary>
    public int Status { get; init; }

    /// <summary>The error code in the Graph body; null for an answer without a Graph body.</summary>
    public int? Code { get; init; }

    /// <summary>A server error hides that the message got through all the same.</summary>
    public bool Accepted { get; init; }

    /// <summary>A reset comes before the request was read, not after.</summary>
    public bool BeforeReading { get; init; }

    public string Key => $"{Kind}/{Number}";

    public int HttpStatus => (Status, Kind) switch
    {
        ( > 0, _) => Status,
        (_, FaultKind.RateLimit) => 429,
        (_, FaultKind.TokenRevoked) => 401,
        _ => 503,
    };
}

internal enum FaultKind
{
    /// <summary>The Graph answer comes late.</summary>
    DelayAnswer,

    /// <summary>Webhooks come late.</summary>
    DelayWebhook,

    /// <summary>A webhook is posted more than once.</summary>
    Duplicate,

    /// <summary>Webhooks are posted in another order than they happened.</summary>
    Reorder,

    /// <summary>The status webhooks of a send are posted before the send is answered.</summary>
    StatusFirst,

    /// <summary>Refused with 429.</summary>
    RateLimit,

    /// <summary>Answered with 5xx.</summary>
    ServerError,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The message is accepted, and its answer breaks off half-way.</summary>
    Cut,

    /// <summary>The message is accepted, and answered with 200 and a body that nobody can read.</summary>
    Garbage,

    /// <summary>The token is not taken any more.</summary>
    TokenRevoked,
}
