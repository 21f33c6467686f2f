using Weflux.Simulator.State;

namespace Weflux.Simulator.Graph.Accounts;

/// <summary>What the platform says of a number, and can come to say otherwise.</summary>
internal sealed record NumberFacts(string PhoneNumberId)
{
    public required string VerifiedName { get; init; }

    public string NameStatus { get; init; } = "APPROVED";

    public string QualityRating { get; init; } = "GREEN";

    public string MessagingLimit { get; init; } = "TIER_2K";

    public string Throughput { get; init; } = "STANDARD";

    public string CodeVerificationStatus { get; init; } = "VERIFIED";

    public string Status { get; init; } = "CONNECTED";

    /// <summary>Whether the number is used in the WhatsApp Business app on a phone as well.</summary>
    public bool IsOnBizApp { get; init; }

    public string? About { get; init; }
}

internal sealed class FactBook
{
    private const string Kind = "facts";
    private readonly Lock _gate = new();
    private readonly Dictionary<string, NumberFacts> _facts = new(StringComparer.Ordinal);
    private readonly StateLog _log;

    public FactBook(SimulatorOptions options, StateLog log)
    {
        _log = log;
        var first = options.Numbers.Select(number => new NumberFacts(number.PhoneNumberId) { VerifiedName = number.VerifiedName });
        foreach (var facts in first.Concat(log.Load<NumberFacts>(Kind)))
        {
            _facts[facts.PhoneNumberId] = facts;
        }
    }

    public NumberFacts Of(SimulatedNumber number)
    {
        lock (_gate)
        {
            return _facts[number.PhoneNumberId];
        }
    }

    public void Set(NumberFacts facts)
    {
        lock (_gate)
        {
            _facts[facts.PhoneNumberId] = facts;
            _log.Put(Kind, facts.PhoneNumberId, facts);
        }
    }
}
