using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Weflux.Web.Account.Profile;
using Weflux.Web.Inbox.Search;
using Weflux.Web.Inbox.Together;

namespace Weflux.Web.Inbox;

/// <summary>The inbox: list, thread and contact side by side on a desk, one at a time on a phone.</summary>
public sealed partial class InboxPage
{
    private ConversationList? _list;
    private ErrorBoundary? _listErrors;
    private ErrorBoundary? _threadErrors;
    private ScreenClock _clock = ScreenClock.Utc;
    private BrowserTime? _browser;
    private string? _zone;
    private int _listTries;
    private int _threadTries;
    private bool _isForbidden;
    private bool _showsContact;
    private string _workspace = "";

    [Parameter]
    public string Workspace { get; set; } = "";

    [Parameter]
    public long? ConversationId { get; set; }

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    /// <summary>What a conversation is opened for, see <see cref="ThreadWish"/>.</summary>
    [SupplyParameterFromQuery(Name = "wish")]
    public string? WishKind { get; set; }

    // As words: of a number that is none the framework would make an error of the whole page.
    [SupplyParameterFromQuery(Name = SearchAddress.Message)]
    public string? MessageName { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TogetherBoard Together { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The number that the pretend phone writes to; null if there is no phone.</summary>
    [CascadingParameter(Name = "Phone")]
    private string? Phone { get; set; }

    protected override void OnParametersSet()
    {
        SetClock();
        if (!string.Equals(_workspace, Workspace, StringComparison.Ordinal))
        {
            (_workspace, _isForbidden) = (Workspace, false);
            ForgetViews();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/InboxPage.razor.js");
            _browser = await module.InvokeAsync<BrowserTime?>("time");
            SetClock();
            StateHasChanged();
        }
    }

    private void SetClock()
    {
        if (_browser is not null && (_clock == ScreenClock.Utc || _zone != Profile?.TimeZone))
        {
            _zone = Profile?.TimeZone;
            _clock = ScreenClock.Of(_browser, _zone);
        }
    }

    /// <summary>A page that is loaded again, or gone back to, does not ask once more.</summary>
    private void ForgetWish() => Navigation.NavigateTo(Address.List(Workspace, ConversationId, ViewQuery), replace: true);

    private void Forbid() => _isForbidden = true;

    private void RecoverList()
    {
        _listTries++;
        _listErrors?.Recover();
    }

    private void RecoverThread()
    {
        _threadTries++;
        _threadErrors?.Recover();
    }

    private Task ReadRowAsync(long conversationId) => _list?.ReadRowAsync(conversationId) ?? Task.CompletedTask;
}
