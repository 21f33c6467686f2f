using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.Inbox;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Live;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Web.Floor;

/// <summary>The live board of Managers and Admins: who waits, what shuts, who has how much, and who is there.</summary>
public sealed partial class FloorPage : IAsyncDisposable
{
    /// <summary>Under load it is read once in this time.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Waits grow and windows shut without anybody doing anything.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(20);

    private readonly OneAtATime _reading = new();
    private ElementReference _root;
    private DotNetObjectReference<FloorPage>? _self;
    private IJSObjectReference? _module;
    private FeedSubscription? _subscription;
    private ITimer? _timer;
    private FloorView? _view;
    private ScreenClock _clock = ScreenClock.Utc;
    private ReplyNotice? _fault;
    private string? _said;
    private string? _workspace;
    private bool _isForbidden;
    private int _ticks;

    [Parameter]
    public string Workspace { get; set; } = "";

    /// <summary>The conversation that is looked at; null for none.</summary>
    [Parameter]
    public long? ConversationId { get; set; }

    [CascadingParameter]
    private ProfileView? Profile { get; set; }

    [Inject]
    private FloorQuery Query { get; set; } = null!;

    [Inject]
    private AssignConversation Assign { get; set; } = null!;

    [Inject]
    private HandBackConversation HandBack { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Told by the script: a card was dropped on a person, or with zero on the lane of what nobody holds.</summary>
    [JSInvokable]
    public async Task DropAsync(long conversationId, long person)
    {
        try
        {
            await AssignAsync(new FloorMove(conversationId, person == 0 ? null : new UserId(person)));
            StateHasChanged();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The script has no place to say it; from the menu of a card it would be seen too.
            await DispatchExceptionAsync(exception);
        }
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

    protected override async Task OnParametersSetAsync()
    {
        if (string.Equals(_workspace, Workspace, StringComparison.Ordinal))
        {
            return;
        }

        (_workspace, _view, _isForbidden, _said, _fault) = (Workspace, null, false, null, null);
        _subscription?.Dispose();
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor || !actor.May(Permission.WatchFloor))
        {
            Forbid();
            return;
        }

        _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync, hearsPeople: true);
        if (_reading.Ending.IsCancellationRequested)
        {
            _subscription.Dispose();
            return;
        }

        _timer ??= Time.CreateTimer(_ => Tick(), state: null, ClockStep, ClockStep);
        await _reading.RunAsync(ReadAsync);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await using (var module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/InboxPage.razor.js"))
            {
                _clock = ScreenClock.Of(await module.InvokeAsync<BrowserTime?>("time"), Profile?.TimeZone);
            }

            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Floor/FloorPage.razor.js");
            await _module.InvokeVoidAsync("watch", _root, _self);
            StateHasChanged();
        }
    }

    private static string QueryOf(ViewKind kind) => ViewAddress.Query(new InboxView { Kind = kind });

    /// <summary>The floor in one line.</summary>
    private static string Sum(FloorView view)
    {
        var available = view.People.Count(p => p.Presence.State == MemberPresence.Available);
        var waiting = view.Waiting.Count switch
        {
            0 => "Nobody waits",
            1 => "1 customer waits",
            var many => $"{ViewWords.Count(many)} customers wait",
        };
        return $"{waiting}. {available} of {view.People.Count} {(view.People.Count == 1 ? "person is" : "people are")} available.";
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        try
        {
            await InvokeAsync(() => _reading.RunAsync(ReadAsync));
            await Task.Delay(Rest, Time, _reading.Ending);
        }
        catch (OperationCanceledException) when (_reading.Ending.IsCancellationRequested)
        {
            // The screen is gone, and with it the wish to know.
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    /// <summary>A machine that slept wakes to many ticks at once; one of them is enough.</summary>
    private void Tick()
    {
        if (Interlocked.Exchange(ref _ticks, 1) == 0)
        {
            _ = Aside.RunAsync(
                () => InvokeAsync(() => _reading.RunAsync(() =>
                {
                    _ticks = 0;
                    return ReadAsync();
                })),
                DispatchExceptionAsync);
        }
    }

    private async Task ReadAsync()
    {
        var actor = await CurrentActor.FindAsync(Workspace, _reading.Ending);
        _view = actor is null ? null : await Query.GetAsync(actor, _reading.Ending);
        _isForbidden = _view is null;
        if (_subscription is { } subscription && _view is { } view)
        {
            subscription.ReadAt = view.Counter;
        }

        StateHasChanged();
    }

    private async Task AssignAsync(FloorMove move)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            Forbid();
            return;
        }

        var outcome = move.To is { } person
            ? await Assign.ExecuteAsync(actor, move.ConversationId, person, cancellationToken: _reading.Ending)
            : await HandBack.ExecuteAsync(actor, move.ConversationId, _reading.Ending);
        _fault = WorkNotices.Explain(outcome);
        _said = _fault is null ? Words(move) : null;
        await _reading.RunAsync(ReadAsync);
    }

    private string Words(FloorMove move)
    {
        var customer = _view is null ? null : new[] { _view.Waiting, _view.Closing, _view.Unassigned }.SelectMany(l => l.Rows)
            .FirstOrDefault(r => r.Id == move.ConversationId)?.ContactName;
        var person = move.To is { } to ? _view?.People.FirstOrDefault(p => p.User == to)?.Name : null;
        return $"{person ?? "Nobody"} holds {(customer is null ? "the conversation" : $"the conversation with {customer}")} now.";
    }

    private void Say(string said) => (_said, _fault) = (said, null);

    private void Forbid() => (_isForbidden, _view) = (true, null);
}

/// <summary>A conversation goes to somebody.</summary>
/// <param name="ConversationId">Which.</param>
/// <param name="To">To whom; null if nobody is to hold it.</param>
public sealed record FloorMove(long ConversationId, UserId? To);
