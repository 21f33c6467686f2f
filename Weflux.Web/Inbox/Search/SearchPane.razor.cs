using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Search;

/// <summary>What was looked for and what was found, where else the list of conversations stands. The address says all of it.</summary>
public sealed partial class SearchPane : IAsyncDisposable
{
    private readonly OneAtATime _reading = new();
    private SearchWish? _asked;
    private SearchTerms _terms = SearchTerms.Of("");
    private SearchResult? _result;
    private string _announcement = "";
    private int _announced;
    private int _under;
    private ElementReference _root;
    private IJSObjectReference? _module;
    private string? _focus;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    /// <summary>What is looked for.</summary>
    [Parameter, EditorRequired]
    public SearchWish Wish { get; set; } = null!;

    /// <summary>The conversation that is open beside it.</summary>
    [Parameter]
    public long? SelectedId { get; set; }

    /// <summary>The place in it.</summary>
    [Parameter]
    public ThreadWish? Place { get; set; }

    /// <summary>Whether the address leaves out a number, and nobody knows it any more.</summary>
    [Parameter]
    public bool WasNumber { get; set; }

    /// <summary>What can be chosen.</summary>
    [Parameter, EditorRequired]
    public ViewBoard Board { get; set; } = null!;

    [Parameter]
    public EventCallback OnAccessLost { get; set; }

    /// <summary>Told when somebody clicks what is open at its place already: the address does not change by that.</summary>
    [Parameter]
    public EventCallback OnSeeAgain { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private SearchQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsReading => _under > 0;

    public async ValueTask DisposeAsync()
    {
        Board.ViewsChanged -= Show;
        await _reading.DisposeAsync();
        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }
    }

    protected override void OnInitialized() => Board.ViewsChanged += Show;

    protected override Task OnParametersSetAsync()
    {
        if (_asked == Wish)
        {
            return Task.CompletedTask;
        }

        // A filter that is taken off goes, and the focus with it.
        _focus = _asked is null ? null : ".chips button";
        (_asked, _result, _terms) = (Wish, null, SearchTerms.Of(Wish.Text));
        return _terms.IsEmpty ? Task.CompletedTask : ReadAsync(Wish);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focus is { } place)
        {
            _focus = null;
            _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Search/SearchPane.razor.js");
            await _module.InvokeVoidAsync("keepFocus", _root, place);
        }
    }

    private Task ReadAsync(SearchWish wish) => RunAsync(async () =>
    {
        // Somebody typed on meanwhile: only what is wanted now is looked for.
        if (wish != _asked)
        {
            return;
        }

        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            await OnAccessLost.InvokeAsync();
            return;
        }

        var result = await Query.FindAsync(actor, wish, _reading.Ending) ?? new SearchResult(null, null, null);
        if (wish == _asked)
        {
            _result = result;
            Announce(SearchWords.Count(result));
        }
    });

    private Task MoreAsync(SearchKind kind, SearchCursor after) => RunAsync(async () =>
    {
        // A second click may be under way before the button goes: a page that is shown already would stand there twice.
        var wish = _asked;
        if (wish is null || _result is not { } shown || NextOf(shown, kind) != after)
        {
            return;
        }

        // Null also for whoever works no conversations any more.
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor
            || await Query.MoreAsync(actor, wish, kind, after, _reading.Ending) is not { } more)
        {
            await OnAccessLost.InvokeAsync();
            return;
        }

        if (wish != _asked)
        {
            return;
        }

        // The button goes after the last page: then on to the first that was added.
        _focus = string.Create(CultureInfo.InvariantCulture, $"[data-hits={NameOf(kind)}] li:nth-child({CountOf(shown, kind) + 1}) a");
        _result = shown with
        {
            Contacts = Together(shown.Contacts, more.Contacts),
            Notes = Together(shown.Notes, more.Notes),
            Messages = Together(shown.Messages, more.Messages),
        };
        Announce(more.Count == 0 ? "Nothing more found" : $"{more.Count} more. {SearchWords.Count(_result)}");
    });

    private async Task RunAsync(Func<Task> read)
    {
        _under++;
        try
        {
            await _reading.RunAsync(read);
        }
        finally
        {
            _under--;
        }
    }

    private static SearchCursor? NextOf(SearchResult shown, SearchKind kind) => kind switch
    {
        SearchKind.Contacts => shown.Contacts?.Next,
        SearchKind.Notes => shown.Notes?.Next,
        _ => shown.Messages?.Next,
    };

    private static int CountOf(SearchResult shown, SearchKind kind) => kind switch
    {
        SearchKind.Contacts => shown.Contacts?.Hits.Count ?? 0,
        SearchKind.Notes => shown.Notes?.Hits.Count ?? 0,
        _ => shown.Messages?.Hits.Count ?? 0,
    };

    private static string NameOf(SearchKind kind) => SearchWords.Of(kind).ToLowerInvariant();

    private Task SeeAgainAsync(bool isHere) => isHere ? OnSeeAgain.InvokeAsync() : Task.CompletedTask;

    private static Found<T>? Together<T>(Found<T>? shown, Found<T>? more) => more is null ? shown : shown?.With(more) ?? more;

    /// <summary>The same words again are another message: a new element is read out, an unchanged text is not.</summary>
    private void Announce(string words) => (_announcement, _announced) = (words, _announced + 1);

    private bool IsHere(string kind, long id) => Place is { } place && place.Kind == kind && place.MessageId == id;

    private void Go(SearchWish wish) => Navigation.NavigateTo(Href(wish));

    private string Href(SearchWish wish) => SearchAddress.Of(Workspace, SelectedId, wish, Place);

    private string Href(MessageHit hit) => SearchAddress.Of(Workspace, hit.ConversationId, Wish, new ThreadWish(ThreadWish.Message, hit.Id));

    private string Href(NoteHit hit) => hit.ConversationId is { } thread
        ? SearchAddress.Of(Workspace, thread, Wish, new ThreadWish(ThreadWish.Note, hit.Id))
        : Address.Contact(Workspace, hit.ContactId);

    private string Href(ContactHit hit) => hit.ConversationId is { } thread ? SearchAddress.Of(Workspace, thread, Wish) : Address.Contact(Workspace, hit.Id);

    private static string Iso(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private void Show(object? sender, EventArgs e) => _ = InvokeAsync(StateHasChanged);
}
