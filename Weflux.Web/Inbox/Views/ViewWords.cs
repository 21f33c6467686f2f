using System.Globalization;
using Weflux.Domain.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>What views are called, and what is said where one holds nothing.</summary>
public static class ViewWords
{
    /// <summary>The views that everybody has, in their order.</summary>
    public static IReadOnlyList<ViewKind> Kinds { get; } =
    [
        ViewKind.Mine, ViewKind.TakingPart, ViewKind.Unassigned, ViewKind.All, ViewKind.NeedsReply, ViewKind.ClosingSoon, ViewKind.Mentions, ViewKind.Failed, ViewKind.Snoozed, ViewKind.Closed,
    ];

    public static string Of(ViewKind kind) => kind switch
    {
        ViewKind.Mine => "Mine",
        ViewKind.TakingPart => "Taking part",
        ViewKind.Unassigned => "Unassigned",
        ViewKind.NeedsReply => "Needs reply",
        ViewKind.Mentions => "Mentions",
        ViewKind.Snoozed => "Snoozed",
        ViewKind.Closed => "Closed",
        ViewKind.ClosingSoon => "Closing soon",
        ViewKind.Failed => "Failed",
        ViewKind.Missing => "No such view",
        _ => "All",
    };

    public static string Of(ViewAudience audience) => audience switch
    {
        ViewAudience.Everybody => "Everybody",
        ViewAudience.Agents => "Agents",
        ViewAudience.Managers => "Managers",
        ViewAudience.Admins => "Admins",
        _ => "Only me",
    };

    public static string Of(WindowState window) => window switch
    {
        WindowState.Closing => "Window closing",
        WindowState.Closed => "Window closed",
        _ => "Window open",
    };

    /// <summary>How a view with an order of its own is sorted; null where the order can be chosen.</summary>
    public static string? Order(ViewKind kind) => kind switch
    {
        ViewKind.NeedsReply => "Longest waiting first",
        ViewKind.Mentions => "Not seen yet first",
        ViewKind.Snoozed => "Soonest back first",
        ViewKind.ClosingSoon => "Soonest to shut first",
        ViewKind.Closed or ViewKind.Failed => "Newest first",
        _ => null,
    };

    /// <summary>A count to show: exact to 999.</summary>
    public static string Count(int count) => count >= ViewCountsQuery.Most ? "999+" : count.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is said of a view that holds nothing.</summary>
    public static (string Title, string Words) Empty(InboxView view, Actor? actor) =>
        view.Kind == ViewKind.Missing ? ("This view is not here.", "It was deleted, or it is not shared with you. Choose another one.")
        : view.Filter != ViewFilter.None ? ("Nothing fits.", "No conversation that you may see fits these filters. Take one off to see more.")
        : view.Kind switch
        {
            ViewKind.Mine => ("You hold no conversation.", "Take one from Unassigned, or reply to one that nobody holds: it becomes yours."),
            ViewKind.TakingPart => ("You take part in no conversation.", "When a colleague adds you to one, it appears here, whoever holds it."),
            ViewKind.Unassigned when actor is not null && !actor.SeesUnassigned =>
                ("Not for you to see.", "In this workspace Agents see the conversations that they hold."),
            ViewKind.Unassigned => ("Everybody is looked after.", "When a customer writes and nobody holds the conversation, it appears here by itself."),
            ViewKind.NeedsReply => ("Nobody waits for an answer.", "When a customer writes, the conversation appears here until somebody replies."),
            ViewKind.Mentions => ("Nobody has mentioned you.", "When a colleague writes @ and your name in a note, the conversation appears here."),
            ViewKind.Snoozed => ("Nothing is snoozed.", "Conversations that are put off wait here until their time comes or the customer writes."),
            ViewKind.Closed => ("Nothing is closed yet.", "Conversations that are done are kept here. They open again when the customer writes."),
            ViewKind.ClosingSoon => ("No window is about to shut.", "Customers who wait for an answer appear here two hours before only a template can reach them."),
            ViewKind.Failed => ("Every message went out.", "Conversations with a message that was not sent appear here until somebody decides what becomes of it."),
            _ when actor is null || actor.May(Permission.SeeAllConversations) =>
                ("No conversations yet.", "When a customer writes to your number, the conversation appears here by itself."),
            _ => ("Nothing for you right now.", actor.SeesUnassigned
                ? "Conversations that you hold, or that nobody holds, appear here by themselves."
                : "Conversations appear here by themselves once somebody assigns them to you."),
        };
}
