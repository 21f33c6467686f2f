using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Views;

/// <summary>Which conversations a view is about. The numbers are stored with saved views.</summary>
public enum ViewKind
{
    /// <summary>Every open conversation that the reader may see.</summary>
    All = 1,

    /// <summary>Open, and held by the reader, or the reader is asked to take it over.</summary>
    Mine = 2,

    /// <summary>Open, and held by nobody.</summary>
    Unassigned = 3,

    /// <summary>Open, and the customer waits for an answer.</summary>
    NeedsReply = 4,

    /// <summary>A note mentions the reader.</summary>
    Mentions = 5,

    /// <summary>Put off until a time.</summary>
    Snoozed = 6,

    /// <summary>Done.</summary>
    Closed = 7,

    /// <summary>Not answered, and the window shuts in under two hours.</summary>
    ClosingSoon = 8,

    /// <summary>A message of ours went wrong and waits for a decision.</summary>
    Failed = 9,

    /// <summary>Open, and the reader takes part in it.</summary>
    TakingPart = 20,

    /// <summary>A view that is not there: it holds nothing.</summary>
    Missing = 99,
}

/// <summary>How the window of a conversation stands.</summary>
public enum WindowState
{
    /// <summary>Free-form messages may leave.</summary>
    Open = 1,

    /// <summary>Open, for less than two hours.</summary>
    Closing = 2,

    /// <summary>Closed, or never open.</summary>
    Closed = 3,
}

/// <summary>Which conversations of a view are wanted; everything that is said must fit.</summary>
public sealed record ViewFilter
{
    /// <summary>Stands for conversations that nobody holds, or that belong to no team.</summary>
    public const long Nobody = 0;

    public static ViewFilter None { get; } = new();

    public long? ConnectionId { get; init; }

    /// <summary>Who holds it; <see cref="Nobody"/> for those that nobody holds.</summary>
    public long? AssigneeId { get; init; }

    /// <summary>The team it belongs to; <see cref="Nobody"/> for those of no team.</summary>
    public long? TeamId { get; init; }

    public long? LabelId { get; init; }

    public long? StageId { get; init; }

    public WindowState? Window { get; init; }

    /// <summary>The first day of the last message, by the clock of the workspace.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day of the last message.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether only those with messages that the reader has not seen.</summary>
    public bool IsUnread { get; init; }

    /// <summary>Whether only those with a message of ours that went wrong and waits for a decision.</summary>
    public bool HasFailed { get; init; }
}

/// <summary>What a list shows and how: the kind of view, its order, and what narrows it.</summary>
public sealed record InboxView
{
    /// <summary>So long before it shuts, a window is closing.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    public static InboxView Default { get; } = new();

    /// <summary>Every open conversation, the newest first.</summary>
    public static InboxView Newest { get; } = new() { Order = ListOrder.Newest };

    public static InboxView Missing { get; } = new() { Kind = ViewKind.Missing };

    public ViewKind Kind { get; init; } = ViewKind.All;

    /// <summary>The order that was chosen; it counts where there is a choice.</summary>
    public ListOrder Order { get; init; }

    public ViewFilter Filter { get; init; } = ViewFilter.None;

    /// <summary>Whether it can be saved.</summary>
    internal bool IsSound => Enum.IsDefined(Kind) && Kind != ViewKind.Missing && Enum.IsDefined(Order)
        && (Filter.Window is not { } window || Enum.IsDefined(window));

    /// <summary>Whether the reader can choose the order.</summary>
    internal bool HasChoice => Kind is ViewKind.All or ViewKind.Mine or ViewKind.Unassigned or ViewKind.TakingPart;

    /// <summary>Whether those that wait, or are not seen yet, stand before all others.</summary>
    internal bool HasSections => Kind == ViewKind.Mentions || (HasChoice && Order == ListOrder.NeedsReplyFirst);

    /// <summary>Whether the earliest time stands first.</summary>
    internal bool IsAscending => Kind is ViewKind.NeedsReply or ViewKind.Snoozed or ViewKind.ClosingSoon;

    /// <summary>Whether conversations come and go as time passes.</summary>
    internal bool MovesWithTime => Kind == ViewKind.ClosingSoon || Filter.Window is not null;

    /// <summary>By which time conversations are sorted.</summary>
    internal ViewKey Key => Kind switch
    {
        ViewKind.Snoozed => ViewKey.SnoozedUntil,
        ViewKind.ClosingSoon => ViewKey.CustomerAct,
        ViewKind.NeedsReply => ViewKey.WaitingSince,
        ViewKind.Mentions => ViewKey.Mention,
        _ => ViewKey.Activity,
    };

    internal IReadOnlyList<ConversationState> States => Kind switch
    {
        ViewKind.Missing => [],
        ViewKind.Snoozed => [ConversationState.Snoozed],
        ViewKind.Closed => [ConversationState.Closed],
        ViewKind.Mentions or ViewKind.Failed => [ConversationState.Open, ConversationState.Snoozed, ConversationState.Closed],
        _ => [ConversationState.Open],
    };

    /// <summary>Whether only those that wait for an answer belong.</summary>
    internal bool MustWait => Kind is ViewKind.NeedsReply or ViewKind.ClosingSoon;

    internal bool MustHaveFailed => Kind == ViewKind.Failed || Filter.HasFailed;
}

/// <summary>What a view is sorted by.</summary>
internal enum ViewKey
{
    /// <summary>The newest message.</summary>
    Activity,

    /// <summary>The end of the snooze.</summary>
    SnoozedUntil,

    /// <summary>The last act of the customer, 24 hours before the window shuts.</summary>
    CustomerAct,

    /// <summary>Since when the customer waits.</summary>
    WaitingSince,

    /// <summary>The newest note that mentions the reader.</summary>
    Mention,
}
