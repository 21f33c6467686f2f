namespace Weflux.Domain.Team;

/// <summary>The teams that somebody is in. Two sets are equal if they name the same teams.</summary>
public sealed class TeamSet : IEquatable<TeamSet>
{
    private readonly long[] _ids;

    private TeamSet(long[] ids) => _ids = ids;

    /// <summary>No team.</summary>
    public static TeamSet None { get; } = new([]);

    /// <summary>The keys of the teams, in order.</summary>
    public IReadOnlyList<long> Ids => _ids;

    /// <summary>The set of these teams.</summary>
    /// <param name="ids">The keys; one that is named twice counts once.</param>
    public static TeamSet Of(IEnumerable<long> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        long[] sorted = [.. ids.Distinct().Order()];
        return sorted.Length == 0 ? None : new TeamSet(sorted);
    }

    /// <summary>Whether the team is among them; no team never is.</summary>
    public bool Has(long? team) => team is { } id && Array.BinarySearch(_ids, id) >= 0;

    /// <inheritdoc/>
    public bool Equals(TeamSet? other) => other is not null && _ids.AsSpan().SequenceEqual(other._ids);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TeamSet);

    /// <inheritdoc/>
    public override int GetHashCode() => _ids.Aggregate(_ids.Length, HashCode.Combine);
}
