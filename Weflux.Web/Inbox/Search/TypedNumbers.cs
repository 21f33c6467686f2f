namespace Weflux.Web.Inbox.Search;

/// <summary>What somebody looks for and what must not stand in an address, because it may be a number. It lives as long as the tab.</summary>
public sealed class TypedNumbers
{
    public string Text { get; private set; } = "";

    /// <summary>Keeps what was typed if the address will not.</summary>
    public void Keep(string text) => Text = SearchAddress.IsPrivate(text) ? text : "";
}
