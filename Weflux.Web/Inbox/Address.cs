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
}
