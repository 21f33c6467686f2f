using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>The search in the frame of the inbox: what was found stands where else the list is, and the place in the thread beside it.</summary>
public sealed partial class InboxPage
{
    private ErrorBoundary? _searchErrors;
    private int _searchTries;
    private ThreadPane? _thread;

    [SupplyParameterFromQuery(Name = SearchAddress.Text)]
    public string? SearchText { get; set; }

    [SupplyParameterFromQuery(Name = SearchAddress.Kind)]
    public string? SearchKindName { get; set; }

    [SupplyParameterFromQuery(Name = SearchAddress.Direction)]
    public string? DirectionName { get; set; }

    [SupplyParameterFromQuery(Name = SearchAddress.Author)]
    public string? AuthorName { get; set; }

    [SupplyParameterFromQuery(Name = SearchAddress.Note)]
    public string? NoteName { get; set; }

    [SupplyParameterFromQuery(Name = SearchAddress.Typed)]
    public string? TypedName { get; set; }

    [Inject]
    private TypedNumbers TypedNumbers { get; set; } = null!;

    /// <summary>Whether the search is shown and not the list.</summary>
    private bool IsSearch => SearchAddress.IsSearch(Navigation.ToBaseRelativePath(Navigation.Uri));

    private SearchWish SearchWish => TypedName is null
        ? SearchAddress.Read(SearchPartOf)
        : SearchAddress.Read(SearchPartOf) with { Text = TypedNumbers.Text };

    private ThreadWish? Place => SearchAddress.Place(SearchPartOf);

    /// <summary>What the open conversation was opened for.</summary>
    private ThreadWish? OpenedFor => IsSearch ? Place : ThreadWish.Of(WishKind, ViewAddress.Id(MessageName));

    private string BackHref => IsSearch ? SearchAddress.Of(Workspace, null, SearchWish) : Address.List(Workspace, null, ViewQuery);

    private string? SearchPartOf(string name) => name switch
    {
        SearchAddress.Text => SearchText,
        SearchAddress.Kind => SearchKindName,
        SearchAddress.Direction => DirectionName,
        SearchAddress.Author => AuthorName,
        SearchAddress.Note => NoteName,
        SearchAddress.Message => MessageName,
        _ => PartOf(name),
    };

    private void SeeAgain() => _thread?.SeePlaceAgain();

    private void RecoverSearch()
    {
        _searchTries++;
        _searchErrors?.Recover();
    }
}
