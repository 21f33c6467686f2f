using Microsoft.JSInterop;
using Weflux.Web.Inbox.Search;

namespace Weflux.Web.Inbox.Keys;

/// <summary>The way from the keyboard to the search.</summary>
public sealed partial class CommandDesk
{
    private const string SearchId = "search-for";

    [Microsoft.AspNetCore.Components.Inject]
    private TypedNumbers TypedNumbers { get; set; } = null!;

    private int FoundCount => _items.Count(i => i.Id != SearchId);

    /// <summary>Told by the script when the key is pressed where there is no field.</summary>
    [JSInvokable]
    public void GoToSearch() => Navigation.NavigateTo(SearchAddress.Of(Slug, null, new SearchWish()));

    /// <summary>The palette knows names; whatever else is typed may stand in a message.</summary>
    private IEnumerable<DeskItem> SearchFor(string typed)
    {
        if (!SearchTerms.Of(typed).IsEmpty && _commands.Any(c => c.Id == InboxCommand.Search))
        {
            var text = typed.Trim();
            yield return new DeskItem(SearchId, $"Search for “{text}”", "In messages and notes", null, SearchAddress.Of(Slug, null, new SearchWish { Text = text }));
        }
    }
}
