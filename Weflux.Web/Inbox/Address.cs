namespace Weflux.Web.Inbox;

/// <summary>Addresses of the inbox: what is open and how the list is sorted are in them, so that Back and links work.</summary>
public static class Address
{
    public const string NewestOrder = "newest";

    public static string List(string workspace, long? conversationId, ListOrder order)
    {
        var conversation = conversationId is { } id ? FormattableString.Invariant($"/{id}") : "";
        var query = order == ListOrder.Newest ? $"?order={NewestOrder}" : "";
        return $"/w/{Uri.EscapeDataString(workspace)}/inbox{conversation}{query}";
    }

    /// <summary>A view of the inbox, and a conversation beside it.</summary>
    /// <param name="workspace">The workspace's slug.</param>
    /// <param name="conversationId">The conversation; null for none.</param>
    /// <param name="query">The view, see <see cref="Views.ViewAddress"/>.</param>
    public static string List(string workspace, long? conversationId, string query) =>
        List(workspace, conversationId, ListOrder.NeedsReplyFirst) + query;

    /// <summary>A conversation, opened in order to do something about a message that went wrong.</summary>
    public static string Wish(string workspace, long conversationId, string wish, long messageId) =>
        FormattableString.Invariant($"{List(workspace, conversationId, ListOrder.NeedsReplyFirst)}?wish={wish}&message={messageId}");

    /// <summary>A contact's profile.</summary>
    public static string Contact(string workspace, long contactId) =>
        FormattableString.Invariant($"{Contacts(workspace)}/{contactId}");

    /// <summary>The list of contacts.</summary>
    public static string Contacts(string workspace) => $"/w/{Uri.EscapeDataString(workspace)}/contacts";

    /// <summary>One's own drafts.</summary>
    public static string Drafts(string workspace) => $"/w/{Uri.EscapeDataString(workspace)}/drafts";

    /// <summary>The messages that went wrong.</summary>
    public static string Failures(string workspace) => $"/w/{Uri.EscapeDataString(workspace)}/failed";
}
