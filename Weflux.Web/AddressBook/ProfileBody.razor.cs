using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Inbox;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.AddressBook;

/// <summary>A contact's profile, live: what colleagues change shows by itself.</summary>
public sealed partial class ProfileBody : IAsyncDisposable
{
    private readonly OneAtATime _reading = new();
    private FeedSubscription? _subscription;
    private ContactProfile? _profile;
    private Actor? _actor;
    private ScreenClock _clock = ScreenClock.Utc;
    private bool _isForbidden;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ContactId { get; set; }

    [Parameter]
    public bool IsKnown { get; set; }

    [CascadingParameter]
    private ProfileView? Reader { get; set; }

    [Inject]
    private ContactProfileQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    public ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        return _reading.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync);
            if (_reading.Ending.IsCancellationRequested)
            {
                _subscription.Dispose();
                return;
            }
        }

        await ReadAgainAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/InboxPage.razor.js");
            _clock = ScreenClock.Of(await module.InvokeAsync<BrowserTime?>("time"), Reader?.TimeZone);
            StateHasChanged();
        }
    }

    private Task ReadAgainAsync() => _reading.RunAsync(ReadAsync);

    private async Task ReadAsync()
    {
        _actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        _profile = _actor is null ? null : await Query.GetAsync(_actor, ContactId, _reading.Ending);
        _isForbidden = _profile is null;
        if (_subscription is { } subscription && _profile is { } profile)
        {
            subscription.ReadAt = profile.Counter;
        }

        StateHasChanged();
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        var mine = _profile?.Threads.Select(t => t.Id).ToHashSet() ?? [];
        if (!news.ReadAgain && !news.AccessLost && !news.Hints.Any(h => mine.Contains(h.ConversationId)))
        {
            return;
        }

        try
        {
            await InvokeAsync(ReadAgainAsync);
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
