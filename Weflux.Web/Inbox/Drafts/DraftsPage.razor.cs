using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Web.Account.Profile;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Drafts;

/// <summary>One's own unsent drafts.</summary>
public sealed partial class DraftsPage
{
    private DraftList? _list;
    private ScreenClock _clock = ScreenClock.Utc;
    private string _workspace = "";
    private string _said = "";
    private long? _asks;
    private bool _isForbidden;
    private bool _isBusy;

    [Parameter]
    public string Workspace { get; set; } = "";

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private DraftsQuery Query { get; set; } = null!;

    [Inject]
    private ThrowAwayDraft ThrowAway { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    protected override async Task OnParametersSetAsync()
    {
        if (_workspace != Workspace)
        {
            (_workspace, _list, _said) = (Workspace, null, "");
            await ReadAsync();
        }
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
        _list = await CurrentActor.FindAsync(Workspace) is { } actor ? await Query.ListAsync(actor) : null;
        _isForbidden = _list is null;
    }

    private async Task ThrowAwayAsync(DraftRow row)
    {
        if (_isBusy)
        {
            return;
        }

        _isBusy = true;
        try
        {
            var isGone = await CurrentActor.FindAsync(Workspace) is { } actor && await ThrowAway.ExecuteAsync(actor, row.ConversationId);
            _asks = null;
            _said = isGone ? $"The draft to {row.ContactName} is gone." : "That draft was gone already.";
            await ReadAsync();
        }
        finally
        {
            _isBusy = false;
        }
    }
}
