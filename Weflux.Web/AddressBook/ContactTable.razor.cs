using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Web.Account.Profile;
using Weflux.Web.Inbox;
using Weflux.Web.Team;

namespace Weflux.Web.AddressBook;

/// <summary>One page of contacts, with the ways to the next and the one before.</summary>
public sealed partial class ContactTable : IAsyncDisposable
{
    private const int MostTags = 3;

    private readonly OneAtATime _reading = new();
    private ContactListPage? _page;
    private ContactWish? _read;
    private string _workspace = "";
    private ScreenClock _clock = ScreenClock.Utc;
    private bool _isBusy;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ContactWish Wish { get; set; } = null!;

    [Parameter]
    public EventCallback OnAccessLost { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private ContactListQuery Query { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public ValueTask DisposeAsync() => _reading.DisposeAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Wish && _workspace == Workspace)
        {
            return;
        }

        (_read, _workspace, _isBusy) = (Wish, Workspace, true);
        await _reading.RunAsync(ReadAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/InboxPage.razor.js");
            _clock = ScreenClock.Of(await module.InvokeAsync<BrowserTime?>("time"), Profile?.TimeZone);
            StateHasChanged();
        }
    }

    private async Task ReadAsync()
    {
        var wish = Wish;
        var actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        var page = actor is null ? null : await Query.GetAsync(actor, wish, _reading.Ending);
        if (page is null)
        {
            await OnAccessLost.InvokeAsync();
        }
        else if (wish == Wish)
        {
            (_page, _isBusy) = (page, false);
        }
    }
}
