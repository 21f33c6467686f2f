namespace Weflux.Domain.Team;

/// <summary>How much a member holds, and how much of it they are to hold at most when conversations are handed out.</summary>
/// <param name="Open">How many open conversations they hold, 0 or more.</param>
/// <param name="Capacity">How many at most; null for no limit.</param>
public readonly record struct MemberLoad(int Open, int? Capacity)
{
    /// <summary>The greatest limit that can be set: counts are exact that far.</summary>
    public const int MostCapacity = 999;

    /// <summary>How many more they may be given, 0 or more; null for no limit.</summary>
    public int? Room => Capacity is { } most ? Math.Max(0, most - Open) : null;

    /// <summary>Whether they may be given nothing more.</summary>
    public bool IsFull => Room == 0;

    /// <summary>Whether a limit can be set: none, or 0 to <see cref="MostCapacity"/>.</summary>
    /// <param name="capacity">The limit; null for none.</param>
    public static bool IsCapacity(int? capacity) => capacity is null or (>= 0 and <= MostCapacity);
}
