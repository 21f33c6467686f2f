using Weflux.Domain.Conversations;

namespace Weflux.Domain.Team;

/// <summary>Somebody to whom conversations may be given by themselves.</summary>
/// <param name="User">Who.</param>
/// <param name="IsAvailable">Whether the person takes conversations now.</param>
/// <param name="Open">How many open conversations the person holds.</param>
/// <param name="Capacity">How many the person can hold; null for any number.</param>
/// <param name="LastGiven">When the person was last given one, as the change counter of the workspace; 0 for never.</param>
public sealed record AssignmentCandidate(UserId User, bool IsAvailable, int Open, int? Capacity, long LastGiven)
{
    /// <summary>Whether the person can be given one more.</summary>
    public bool HasRoom => IsAvailable && (Capacity is not { } most || Open < most);
}

/// <summary>Who gets a conversation, and why.</summary>
/// <param name="User">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Open">How many open conversations the person held before.</param>
/// <param name="Capacity">How many the person can hold; null for any number.</param>
public sealed record AssignmentChoice(UserId User, AssignmentReason Reason, int Open, int? Capacity);

/// <summary>
/// Chooses who gets a conversation, and remembers what it gave: each choice is made as if those before it were stored.
/// Nobody is given more than they can hold, and nobody who is not available is given any.
/// </summary>
public sealed class AssignmentRota
{
    private readonly Dictionary<UserId, AssignmentCandidate> _people;
    private long _turn;

    /// <summary>The people of a workspace as they are now.</summary>
    public AssignmentRota(IEnumerable<AssignmentCandidate> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        _people = people.ToDictionary(p => p.User);
        _turn = _people.Count == 0 ? 0 : _people.Values.Max(p => p.LastGiven);
    }

    /// <summary>The people with what they were given.</summary>
    public IReadOnlyCollection<AssignmentCandidate> People => _people.Values;

    /// <summary>Whether one of these can be given a conversation.</summary>
    public bool HasRoom(IEnumerable<UserId> pool) => Free(pool).Any();

    /// <summary>Gives one conversation.</summary>
    /// <param name="terms">How; modes that give to no person choose nobody.</param>
    /// <param name="pool">Among whom; those who are not people of the workspace are passed over.</param>
    /// <param name="previous">Who held it last; null if nobody did.</param>
    /// <returns>Who gets it; null if nobody can be given one.</returns>
    public AssignmentChoice? Give(AssignmentTerms terms, IEnumerable<UserId> pool, UserId? previous)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(pool);
        if (terms.Mode is not (AssignmentMode.RoundRobin or AssignmentMode.LeastBusy))
        {
            return null;
        }

        var free = Free(pool).ToList();
        var again = terms.IsSticky && previous is { } last ? free.Find(p => p.User == last) : null;
        var chosen = again ?? free.MinBy(p => terms.Mode == AssignmentMode.LeastBusy
            ? (p.Open, p.LastGiven, p.User.Value)
            : (0, p.LastGiven, p.User.Value));
        if (chosen is null)
        {
            return null;
        }

        _people[chosen.User] = chosen with { Open = chosen.Open + 1, LastGiven = ++_turn };
        var reason = again is not null ? AssignmentReason.HeldItBefore
            : terms.Mode == AssignmentMode.LeastBusy ? AssignmentReason.FewestOpen
            : AssignmentReason.NextInTurn;
        return new AssignmentChoice(chosen.User, reason, chosen.Open, chosen.Capacity);
    }

    private IEnumerable<AssignmentCandidate> Free(IEnumerable<UserId> pool) =>
        pool.Distinct().Select(u => _people.GetValueOrDefault(u)).OfType<AssignmentCandidate>().Where(p => p.HasRoom);
}
