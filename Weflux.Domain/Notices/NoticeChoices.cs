namespace Weflux.Domain.Notices;

/// <summary>How one person wants to be told of each kind. What was not chosen is as usual.</summary>
/// <param name="Ways">The ways (<see cref="NoticeWays"/>) by the number of the kind. Numbers that mean nothing here are passed over.</param>
public sealed record NoticeChoices(IReadOnlyDictionary<int, int> Ways)
{
    private const NoticeWays All = NoticeWays.Bell | NoticeWays.Browser | NoticeWays.Sound;

    /// <summary>The kinds that a person chooses for, in the order of the page.</summary>
    public static IReadOnlyList<NoticeKind> Choosable { get; } =
    [
        NoticeKind.NewMessage, NoticeKind.OthersMessage, NoticeKind.Waiting, NoticeKind.Assigned, NoticeKind.TakenAway, NoticeKind.Mentioned,
        NoticeKind.HandOverOffered, NoticeKind.HandOverAccepted, NoticeKind.CollaboratorAdded, NoticeKind.MessageFailed, NoticeKind.WindowClosing,
        NoticeKind.SnoozeOver,
    ];

    /// <summary>The kind whose choice counts for a kind: both answers to a hand-over are one choice.</summary>
    public static NoticeKind ChoiceOf(NoticeKind kind) => kind == NoticeKind.HandOverReturned ? NoticeKind.HandOverAccepted : kind;

    /// <summary>The ways that there are for a kind.</summary>
    public static NoticeWays Possible(NoticeKind kind) => kind == NoticeKind.OthersMessage ? NoticeWays.Browser | NoticeWays.Sound : All;

    /// <summary>How somebody who chose nothing is told: of what waits for them alone by the browser, of the rest by the bell.</summary>
    public static NoticeWays Usual(NoticeKind kind) => ChoiceOf(kind) switch
    {
        NoticeKind.OthersMessage => NoticeWays.None,
        NoticeKind.Waiting or NoticeKind.TakenAway or NoticeKind.HandOverAccepted or NoticeKind.CollaboratorAdded => NoticeWays.Bell,
        _ => NoticeWays.Bell | NoticeWays.Browser,
    };

    /// <summary>What somebody meant who chose before there were kinds.</summary>
    /// <param name="hasBrowser">Whether the browser may tell.</param>
    /// <param name="hasSound">Whether there is a sound.</param>
    /// <param name="onlyMine">Whether only conversations count that the person holds.</param>
    public static NoticeChoices Of(bool hasBrowser, bool hasSound, bool onlyMine) => Of(kind =>
    {
        var usual = Usual(kind);
        var isLoud = usual.HasFlag(NoticeWays.Browser) || (!onlyMine && kind is NoticeKind.OthersMessage or NoticeKind.Waiting);
        return (usual & NoticeWays.Bell)
            | (isLoud && hasBrowser ? NoticeWays.Browser : NoticeWays.None)
            | (isLoud && hasSound ? NoticeWays.Sound : NoticeWays.None);
    });

    /// <summary>Choices for every kind.</summary>
    /// <param name="choose">Says how to be told of a kind. Ways that there are not for it are left out.</param>
    public static NoticeChoices Of(Func<NoticeKind, NoticeWays> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return new NoticeChoices(Choosable.ToDictionary(kind => (int)kind, kind => (int)(choose(kind) & Possible(kind))));
    }

    /// <summary>How the person wants to be told of a kind.</summary>
    public NoticeWays WaysOf(NoticeKind kind) => Ways.TryGetValue((int)ChoiceOf(kind), out var ways)
        ? (NoticeWays)ways & Possible(kind)
        : Usual(kind);

    /// <summary>Whether both choose the same for every kind.</summary>
    public bool Equals(NoticeChoices? other) => other is not null && Choosable.All(kind => WaysOf(kind) == other.WaysOf(kind));

    /// <inheritdoc/>
    public override int GetHashCode() => Choosable.Aggregate(0, (hash, kind) => HashCode.Combine(hash, WaysOf(kind)));
}
