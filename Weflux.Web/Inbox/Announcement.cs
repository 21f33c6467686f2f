using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

/// <summary>What a screen reader hears of new messages: who wrote, never what.</summary>
public static class Announcement
{
    private const int Named = 2;

    /// <summary>One sentence for all that arrived at once; null if nobody wrote.</summary>
    /// <param name="changed">Rows as they are now.</param>
    /// <param name="before">The rows as they were.</param>
    public static string? Of(IReadOnlyList<ConversationRow> changed, ListWindow before)
    {
        var names = changed.Where(r => HasNewMessage(r, before.Find(r.Id))).Select(r => r.ContactName).Distinct().ToList();
        return names.Count switch
        {
            0 => null,
            1 => $"New message from {names[0]}",
            Named => $"New messages from {names[0]} and {names[1]}",
            _ => $"New messages from {string.Join(", ", names.Take(Named))} and {names.Count - Named} more",
        };
    }

    private static bool HasNewMessage(ConversationRow now, ConversationRow? before) =>
        now.LastDirection == MessageDirection.In
        && (now.NeedsReply || now.IsGroup)
        && now.UnreadCount > (before?.UnreadCount ?? 0);
}
