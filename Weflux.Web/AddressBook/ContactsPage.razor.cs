using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Team;

namespace Weflux.Web.AddressBook;

/// <summary>The contacts that the reader may see: looked for, narrowed down and paged by the address.</summary>
public sealed partial class ContactsPage : IAsyncDisposable
{
    /// <summary>So long after the last letter the search begins.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly OneAtATime _reading = new();
    private ErrorBoundary? _errors;
    private ContactWish _wish = new();
    private ContactChoices? _choices;
    private Actor? _actor;
    private string _typed = "";
    private string _workspace = "";
    private int _letters;
    private bool _isAdding;
    private bool _isForbidden;
    private bool _isReady;

    [Parameter]
    public string Workspace { get; set; } = "";

    // As they stand in the address: what cannot be read is passed over, and does not break the page.
    [SupplyParameterFromQuery(Name = "q")]
    public string? Query { get; set; }

    [SupplyParameterFromQuery(Name = "stage")]
    public string? Stage { get; set; }

    [SupplyParameterFromQuery(Name = "tag")]
    public string? Tag { get; set; }

    [SupplyParameterFromQuery(Name = "number")]
    public string? Connection { get; set; }

    [SupplyParameterFromQuery(Name = "consent")]
    public string? Consent { get; set; }

    [SupplyParameterFromQuery(Name = "open")]
    public string? Open { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "after")]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "before")]
    public string? Before { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ContactListQuery List { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool SeesAll => _actor?.May(Permission.SeeAllContacts) != false;

    private string SearchLabel => _actor?.May(Permission.SeePhoneNumbers) == false ? "Search names and user names" : "Search names and numbers";

    public ValueTask DisposeAsync() => _reading.DisposeAsync();

    protected override async Task OnParametersSetAsync()
    {
        var isNumber = ContactAddress.IsPrivate(_wish.Search);
        _wish = new ContactWish
        {
            // A number that was looked for is kept here and not in the address.
            Search = Query ?? (isNumber && _workspace == Workspace ? _wish.Search : ""),
            StageId = ViewAddress.Id(Stage),
            Tag = string.IsNullOrWhiteSpace(Tag) ? null : Tag,
            ConnectionId = ViewAddress.Id(Connection),
            Standing = int.TryParse(Consent, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && Enum.IsDefined((ConsentStanding)value) ? (ConsentStanding)value : null,
            HasOpen = Open == "true",
            Order = Sort == ContactAddress.Seen ? ContactOrder.LastSeen : ContactOrder.Name,
            After = ViewAddress.Id(After),
            Before = ViewAddress.Id(Before),
        };
        if (_workspace != Workspace)
        {
            (_workspace, _isForbidden, _isReady, _typed) = (Workspace, false, false, _wish.Search);
            await _reading.RunAsync(ReadAsync);
        }
    }

    private async Task ReadAsync()
    {
        _actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        _choices = _actor is null ? null : await List.ChoicesAsync(_actor, _reading.Ending);
        (_isForbidden, _isReady) = (_choices is null, _choices is not null);
    }

    private void Forbid() => _isForbidden = true;

    private async Task TypeAsync(ChangeEventArgs change)
    {
        _typed = change.Value as string ?? "";
        var letters = ++_letters;
        try
        {
            await Task.Delay(Pause, Time, _reading.Ending);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (letters == _letters)
        {
            SearchNow();
        }
    }

    private void SearchNow()
    {
        _letters++;
        if (_typed.Trim() != _wish.Search)
        {
            Go(_wish with { Search = _typed.Trim() }, replace: true);
        }
    }

    private void Clear()
    {
        _typed = "";
        Go(new ContactWish { Order = _wish.Order });
    }

    /// <summary>Every other wish begins at the top.</summary>
    private void Go(ContactWish wish, bool replace = false)
    {
        _wish = wish with { After = null, Before = null };
        Navigation.NavigateTo(ContactAddress.Of(Workspace, _wish), replace: replace);
    }

    private static IEnumerable<string> Tags(ContactChoices choices, string? chosen) =>
        chosen is null || choices.Tags.Contains(chosen, StringComparer.Ordinal) ? choices.Tags : [chosen, .. choices.Tags];

    private IEnumerable<string> Tags(ContactChoices choices) => Tags(choices, _wish.Tag);

    private static long? Number(ChangeEventArgs change) =>
        long.TryParse(change.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(ChangeEventArgs change) => change.Value is string { Length: > 0 } text ? text : null;
}
