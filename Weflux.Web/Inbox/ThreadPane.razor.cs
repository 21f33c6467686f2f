using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Live;
using Weflux.Web.Media.Fetching;
using Weflux.Web.Sending;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox;

/// <summary>One conversation, live. A new component for each conversation; reading is done one at a time.</summary>
public sealed partial class ThreadPane : IAsyncDisposable
{
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    private readonly OneAtATime _reading = new();
    private ElementReference _root;
    private DotNetObjectReference<ThreadPane>? _self;
    private IJSObjectReference? _module;
    private FeedSubscription? _subscription;
    private ITimer? _timer;
    private ThreadHead? _head;
    private ThreadWindow? _window;
    private BubblePlace? _place;
    private DraftView _draft = new(Guid.Empty, "");
    private ReplyNotice? _notice;
    private string _clockWords = "";
    private bool _isMissing;
    private bool _isWatched;
    private bool _isVisible;
    private bool _isAtEnd = true;
    private int _unseen;
    private int _seen = -1;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public long ConversationId { get; set; }

    [Parameter]
    public string BackHref { get; set; } = "";

    [Parameter]
    public bool ShowsContact { get; set; }

    [Parameter]
    public EventCallback OnToggleContact { get; set; }

    [Parameter]
    public EventCallback OnAccessLost { get; set; }

    [Parameter]
    public EventCallback<long> OnDraftSaved { get; set; }

    /// <summary>
    /// What stands where one would write. With it one looks without leaving a trace: no blue ticks, and one's own read
    /// cursor stays where it is.
    /// </summary>
    [Parameter]
    public RenderFragment? LookOnly { get; set; }

    /// <summary>What the conversation was opened for; null for nothing in particular.</summary>
    [Parameter]
    public ThreadWish? Wish { get; set; }

    /// <summary>Told when the wish was heard, so that it goes from the address.</summary>
    [Parameter]
    public EventCallback OnWishHeard { get; set; }

    [CascadingParameter]
    public ScreenClock Clock { get; set; } = ScreenClock.Utc;

    [Inject]
    private ThreadQuery Query { get; set; } = null!;

    [Inject]
    private MarkSeen MarkSeen { get; set; } = null!;

    [Inject]
    private ReadReceiptSender Receipts { get; set; } = null!;

    [Inject]
    private FetchAgain FetchAgain { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private WindowView WindowNow => new(_head?.WindowClosesAt, Time.GetUtcNow());

    /// <summary>Told by the script when the beginning of what is loaded comes near the view.</summary>
    [JSInvokable]
    public Task OlderInViewAsync() => ReadOneAtATimeAsync(async actor => await ReadOlderAsync(actor));

    /// <summary>Told by the script whether the page is in front and whether the newest message is in view.</summary>
    [JSInvokable]
    public async Task ViewChangedAsync(bool isVisible, bool isAtEnd)
    {
        (_isVisible, _isAtEnd) = (isVisible, isAtEnd);
        if (_unseen > 0 && isAtEnd)
        {
            _unseen = 0;
            StateHasChanged();
        }

        await MarkSeenAsync();
    }

    public async ValueTask DisposeAsync()
    {
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
        _place = new BubblePlace(Workspace, FetchAgainAsync);
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

        // Before the reading: while that runs the screen may go, and nobody would end the timer.
        _timer = Time.CreateTimer(_ => Tick(), state: null, ClockStep, ClockStep);
        await ReadOneAtATimeAsync(OpenAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_window is not null)
        {
            await HearWishAsync();
        }

        if (_window is not null && !_isWatched)
        {
            _isWatched = true;
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/ThreadPane.razor.js");
            await _module.InvokeVoidAsync("watch", _root, _self);
        }

        if (_window is not null)
        {
            await GoToPlaceAsync();
        }
    }

    private Task HandleNewsAsync(FeedNews news) => InvokeAsync(async () =>
    {
        try
        {
            if (news.AccessLost)
            {
                await OnAccessLost.InvokeAsync();
            }
            else if (news.ReadAgain || news.Hints.Any(h => h.ConversationId == ConversationId))
            {
                await ReadOneAtATimeAsync(ReadChangesAsync);
            }
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    });

    private async Task OpenAsync(Actor actor)
    {
        if (await Query.GetAsync(actor, ConversationId, _reading.Ending) is not { } view)
        {
            Vanish();
            return;
        }

        await ReadScheduledAsync(actor);
        await OpenActivityAsync(actor, view);
        (_isMissing, _head, _window, _draft) = (false, view.Head, new ThreadWindow(view), view.Draft);
        await ReadWaitsAsync(actor);
        _subscription!.ReadAt = view.ChangeSequence;
        LetAct();
    }

    private async Task ReadChangesAsync(Actor actor)
    {
        if (_window is not { } window)
        {
            await OpenAsync(actor);
            StateHasChanged();
            return;
        }

        if (await Query.ChangesAsync(actor, ConversationId, window.ChangeSequence, _reading.Ending) is not { } changes)
        {
            Vanish();
            StateHasChanged();
            return;
        }

        if (changes.IsTooMuch)
        {
            // An import came in: the newest page is read instead of everything.
            await OpenAsync(actor);
            StateHasChanged();
            await MarkSeenAsync();
            return;
        }

        await ReadScheduledAsync(actor);
        await ReadActivityAsync(actor, changes);
        var added = window.Merge(changes, mayLetGo: IsAtNewest);
        _head = changes.Head;
        NoteQueue();
        LetAct();
        _subscription!.ReadAt = changes.ChangeSequence;
        _unseen = IsAtNewest ? 0 : _unseen + added.Count(m => m.Direction == MessageDirection.In);
        StateHasChanged();
        await MarkSeenAsync();
    }

    private async Task<bool> ReadOlderAsync(Actor actor)
    {
        if (_window is not { HasOlder: true, Oldest: { } oldest } window)
        {
            return false;
        }

        window.Prepend(await Query.OlderAsync(actor, ConversationId, oldest, _reading.Ending));
        await ReadOlderActivityAsync(actor, oldest.SaidAt);
        StateHasChanged();
        return true;
    }

    private void Vanish() => (_isMissing, _head, _window, _isWatched) = (true, null, null, false);

    private async Task MarkSeenAsync()
    {
        if (LookOnly is not null)
        {
            return;
        }

        if (_isVisible && IsAtNewest && _head is { } head && head.InboundCount > _seen
            && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            await MarkSeen.ExecuteAsync(actor, ConversationId, head.InboundCount, _reading.Ending);
            _seen = head.InboundCount;
            Receipts.Opened(actor, ConversationId);
        }

        await MarkMentionsSeenAsync();
        await MarkNoticesSeenAsync();
    }

    private async Task FetchAgainAsync(long messageId)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            await FetchAgain.ExecuteAsync(actor, messageId, _reading.Ending);
            await ReadOneAtATimeAsync(ReadChangesAsync);
        }
    }

    private async Task HandleSentAsync()
    {
        await DealWithAnsweredAsync();
        await ReadOneAtATimeAsync(_window is { HasNewer: true } ? ReadNewestAsync : ReadChangesAsync);
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("toEnd", _root);
        }
    }

    private void Tick()
    {
        LookAtQueue();
        var view = WindowNow;
        var words = view.Words;
        if (_head is null || string.Equals(words, _clockWords, StringComparison.Ordinal))
        {
            return;
        }

        _clockWords = words;

        // What may be sent was decided while the window was open.
        var hasClosed = !view.IsOpen && _head.Reply.IsAllowed;
        _ = Aside.RunAsync(() => InvokeAsync(() => hasClosed ? ReadOneAtATimeAsync(ReadChangesAsync) : ShowClock()), DispatchExceptionAsync);
    }

    private Task ShowClock()
    {
        StateHasChanged();
        return Task.CompletedTask;
    }

    private Task ReadOneAtATimeAsync(Func<Actor, Task> read) => _reading.RunAsync(async () =>
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            await read(actor);
        }
        else
        {
            await OnAccessLost.InvokeAsync();
        }
    });

    private static ThreadMessage? Target(ThreadWindow window, MessageContent content) =>
        ThreadLines.TargetOf(content) is { } id ? window.Find(id) : null;
}
