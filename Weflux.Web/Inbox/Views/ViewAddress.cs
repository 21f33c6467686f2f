using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Weflux.Web.Inbox.Views;

/// <summary>How views stand in addresses, so that reloading, Back and links work. What makes no sense there is passed over.</summary>
public static class ViewAddress
{
    public const string Kind = "view";
    public const string Saved = "saved";
    public const string Changed = "of";
    public const string Order = "order";
    public const string Number = "number";
    public const string Assignee = "assignee";
    public const string Team = "team";
    public const string Label = "label";
    public const string Stage = "stage";
    public const string Window = "window";
    public const string From = "from";
    public const string To = "to";
    public const string Unread = "unread";
    public const string Failed = "failed";

    private const string Yes = "1";
    private const string DayFormat = "yyyy-MM-dd";

    private static readonly (ViewKind Kind, string Name)[] Kinds =
    [
        (ViewKind.Mine, "mine"), (ViewKind.Unassigned, "unassigned"), (ViewKind.NeedsReply, "needs-reply"), (ViewKind.Mentions, "mentions"),
        (ViewKind.Snoozed, "snoozed"), (ViewKind.Closed, "closed"), (ViewKind.ClosingSoon, "closing-soon"), (ViewKind.Failed, "failed"),
        (ViewKind.TakingPart, "taking-part"), (ViewKind.Missing, "none"),
    ];

    /// <summary>The part of an address behind the path: empty for what is shown when nothing is said.</summary>
    /// <param name="view">The view.</param>
    /// <param name="changedId">The saved view that it was before somebody changed it; null if it was none.</param>
    public static string Query(InboxView view, long? changedId = null)
    {
        var (filter, parts) = (view.Filter, new Dictionary<string, string?>(StringComparer.Ordinal));
        Say(Kind, view.Kind == ViewKind.All ? null : Array.Find(Kinds, k => k.Kind == view.Kind).Name);
        Say(Order, view is { HasChoice: true, Order: ListOrder.Newest } ? Address.NewestOrder : null);
        Say(Number, Text(filter.ConnectionId));
        Say(Assignee, Text(filter.AssigneeId));
        Say(Team, Text(filter.TeamId));
        Say(Label, Text(filter.LabelId));
        Say(Stage, Text(filter.StageId));
        Say(Window, filter.Window is { } window ? NameOf(window) : null);
        Say(From, filter.From?.ToString(DayFormat, CultureInfo.InvariantCulture));
        Say(To, filter.To?.ToString(DayFormat, CultureInfo.InvariantCulture));
        Say(Unread, filter.IsUnread ? Yes : null);
        Say(Failed, filter.HasFailed ? Yes : null);
        Say(Changed, Text(changedId));
        return QueryHelpers.AddQueryString("", parts);

        void Say(string name, string? value)
        {
            if (value is not null)
            {
                parts[name] = value;
            }
        }
    }

    /// <summary>The same of a saved view, which goes by its number.</summary>
    public static string Query(long savedId) => FormattableString.Invariant($"?{Saved}={savedId}");

    /// <summary>Whether two views are the same to look at: an order where there is no choice counts for nothing.</summary>
    public static bool IsSame(InboxView one, InboxView other) => Query(one) == Query(other);

    /// <summary>The view that an address names.</summary>
    /// <param name="of">The value of a part of the address; null if it has none.</param>
    public static InboxView Read(Func<string, string?> of) => new()
    {
        Kind = Array.Find(Kinds, k => k.Name == of(Kind)) is { Name: not null } known ? known.Kind : ViewKind.All,
        Order = of(Order) == Address.NewestOrder ? ListOrder.Newest : ListOrder.NeedsReplyFirst,
        Filter = new ViewFilter
        {
            ConnectionId = Id(of(Number)),
            AssigneeId = Id(of(Assignee)),
            TeamId = Id(of(Team)),
            LabelId = Id(of(Label)),
            StageId = Id(of(Stage)),
            Window = Enum.GetValues<WindowState>().Select(w => (WindowState?)w).FirstOrDefault(w => NameOf(w!.Value) == of(Window)),
            From = Day(of(From)),
            To = Day(of(To)),
            IsUnread = of(Unread) == Yes,
            HasFailed = of(Failed) == Yes,
        },
    };

    /// <summary>A number in an address; null if it is none.</summary>
    public static long? Id(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>A day as addresses and date fields write it; null if it is none.</summary>
    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A day as date fields write it.</summary>
    public static string? Text(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static string? Text(long? id) => id?.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(WindowState window) => window switch
    {
        WindowState.Closing => "closing",
        WindowState.Closed => "closed",
        _ => "open",
    };
}
