using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox;

/// <summary>The list pane: a live window on the sorted list. All reading is done one at a time, so no answer overtakes a newer one.</summary>
public sealed partial class ConversationList : IAsyncDisposable
{
    private const int PageSize = 30;
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(20);

    private readonly OneAtATime _reading = new();
    private ElementReference _root;
    private DotNetObjectReference<ConversationList>? _self;
    private IJSObjectReference? _module;
    private FeedSubscription? _subscription;
    private ITimer? _timer;
    private ListWindow? _window;
    private DateTimeOffset _now;
    private string _announcement = "";
    private int _announced;
    private (bool Above, bool Below)? _watched;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter]
    public long? SelectedId { get; set; }

    /// <summary>What to say beside the empty list.</summary>
    [Parameter]
    public RenderFragment? EmptyHint { get; set; }

    [Parameter]
    public EventCallback OnAccessLost { get; set; }

    [CascadingParameter]
    private Actor? Actor { get; set; }

    [Inject]
    private ConversationListQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private long? TabStop => SelectedId is { } id && _window?.Find(id) is not null ? id : _window?.Top?.Id;

    /// <summary>Reads one row again: something of the reader's own changed it, such as a draft.</summary>
    public Task ReadRowAsync(long conversationId) => InvokeAsync(() => _reading.RunAsync(async () =>
    {
        if (_window?.Find(conversationId) is { } row && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _window.Apply(await Query.ChangedAsync(actor, _window.View, [new RowVersion(row.Id, row.Version)]));
            StateHasChanged();
        }
    }));

    /// <summary>Told by the script when an end of the window comes near the view.</summary>
    [JSInvokable]
    public Task EndInViewAsync(string end) => _reading.RunAsync(async () =>
    {
        var isAbove = string.Equals(end, "above", StringComparison.Ordinal);
        if (_window is not { } window || !(isAbove ? window.HasAbove : window.HasBelow && window.End is null)
            || await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            return;
        }

        if (isAbove)
        {
            window.Prepend(await Query.GetAsync(actor, window.View, window.Top, PageDirection.Before, PageSize, _reading.Ending));
        }
        else
        {
            window.Append(await Query.GetAsync(actor, window.View, window.Bottom, PageDirection.After, PageSize, _reading.Ending));
        }

        _watched = null;
        StateHasChanged();
    });

    public async ValueTask DisposeAsync()
    {
        LeaveTogether();
        _subscription?.Dispose();
        _timer?.Dispose();
        await _reading.DisposeAsync();
        if (_module is { } module)
        {
            await module.LeaveAsync(_root);
        }

        _self?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _now = Minute();
        _timer = Time.CreateTimer(_ => _ = Aside.RunAsync(() => InvokeAsync(Tick), DispatchExceptionAsync), state: null, ClockStep, ClockStep);
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            await OnAccessLost.InvokeAsync();
            return;
        }

        _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync);
        if (_reading.Ending.IsCancellationRequested)
        {
            _subscription.Dispose();
            return;
        }

        await WatchTogetherAsync(actor);
        await _reading.RunAsync(() => ReadAgainAsync(fromTop: true));
    }

    protected override Task OnParametersSetAsync() =>
        _window is { } window && window.View != View
            ? _reading.RunAsync(ShowViewAsync)
            : Task.CompletedTask;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/ConversationList.razor.js");
        }

        if (_module is { } module && _window is { } window && _watched != (window.HasAbove, window.HasBelow))
        {
            _watched = (window.HasAbove, window.HasBelow);
            await module.InvokeVoidAsync("watch", _root, _self);
        }
    }

    private Task HandleNewsAsync(FeedNews news) => InvokeAsync(async () =>
    {
        try
        {
            await _reading.RunAsync(() => TakeInAsync(news));
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task TakeInAsync(FeedNews news)
    {
        if (_window is not { } window)
        {
            return;
        }

        var actor = news.AccessLost ? null : await CurrentActor.FindRecentAsync(Workspace, _reading.Ending);
        if (actor is null)
        {
            await OnAccessLost.InvokeAsync();
            return;
        }

        if (news.Hints.Count > 0)
        {
            var changed = await Query.ChangedAsync(
                actor, window.View, [.. news.Hints.Select(h => new RowVersion(h.ConversationId, h.Version, h.IsOwn))]);
            if (Announcement.Of(changed.Rows, window) is { } announcement)
            {
                Announce(announcement);
            }

            window.Apply(changed);
            LetGo(changed.GoneIds);
        }

        if (news.ReadAgain || window.IsLost)
        {
            await ReadAgainAsync(fromTop: window.IsLost);
        }

        _now = Minute();
        StateHasChanged();
    }

    private async Task ReadAgainAsync(bool fromTop)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            await OnAccessLost.InvokeAsync();
            return;
        }

        // What is read and where it goes are of the same view, whatever is chosen meanwhile.
        var (view, before) = (View, _window?.View);
        fromTop |= before != view;
        var start = fromTop ? null : _window?.Start;
        var take = fromTop ? PageSize : _window?.Extent(PageSize) ?? PageSize;
        var page = await Query.GetAsync(actor, view, start, PageDirection.After, take, _reading.Ending);
        var window = _window is { } same && same.View == view ? same : new ListWindow(view);
        window.Reset(page, start);
        _window = window;
        await CheckChosenAsync(actor, before, view);
        if (_subscription is { } subscription)
        {
            subscription.ReadAt = page.Counter;
        }
    }

    private void Tick()
    {
        if (Minute() is var now && now != _now)
        {
            _now = now;
            _ = Aside.RunAsync(FollowTimeAsync, DispatchExceptionAsync);
        }
    }

    private DateTimeOffset Minute()
    {
        var now = Time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
    }
}
