using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Account.Profile;
using Weflux.Web.App;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Notices;

/// <summary>
/// The bell in the bar above every page: what the person was told of in this workspace, and how much of it they have not
/// seen. Every tab of the person reads again when something changes.
/// </summary>
public sealed partial class NoticeBell : IAsyncDisposable
{
    private readonly OneAtATime _reading = new();
    private NoticeTeller _teller = null!;
    private FeedSubscription? _subscription;
    private IJSObjectReference? _module;
    private ElementReference _root;
    private NoticeBoard? _board;
    private BrowserTime? _browser;
    private bool _isQuiet;
    private bool _isFailed;
    private int _tries;

    [Parameter, EditorRequired]
    public string Slug { get; set; } = "";

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public ProfileView? Profile { get; set; }

    [Inject]
    private NoticesQuery Query { get; set; } = null!;

    [Inject]
    private ConversationListQuery Rows { get; set; } = null!;

    [Inject]
    private ReadNotice ReadOne { get; set; } = null!;

    [Inject]
    private ReadAllNotices ReadEverything { get; set; } = null!;

    [Inject]
    private ReadWaitingNotice ReadWaiting { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private int Unread => _board?.Unread ?? 0;

    private string Label => Unread switch
    {
        0 => "Notices",
        1 => "Notices, 1 unread",
        var count => FormattableString.Invariant($"Notices, {count} unread"),
    };

    private ScreenClock Clock => ScreenClock.Of(_browser, Profile?.TimeZone);

    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        await _reading.DisposeAsync();
        if (_module is { } module)
        {
            await LeaveAsync(module);
        }
    }

    protected override void OnInitialized() => _teller = new NoticeTeller(Slug);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _fresh = new FreshMessages(Actor.User, Time.GetUtcNow());
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Inbox/Notices/NoticeBell.razor.js");
        _browser = await _module.InvokeAsync<BrowserTime?>("enter", _root);
        var subscription = await Feed.SubscribeAsync(Actor, Slug, HandleNewsAsync, hearsNotices: true);
        if (_reading.Ending.IsCancellationRequested)
        {
            subscription.Dispose();
            return;
        }

        _subscription = subscription;
        await _reading.RunAsync(ReadAsync);
    }

    private static string StateOf(NoticeLine line) => line.State switch
    {
        NoticeState.Unread => "unread",
        NoticeState.Handled => "handled",
        _ => "read",
    };

    private async Task HandleNewsAsync(FeedNews news)
    {
        try
        {
            var started = Time.GetTimestamp();
            var concerns = news.ReadAgain || news.Noticed || news.Hints.Any(h => _board?.Watched.Contains(h.ConversationId) != false);
            if (concerns)
            {
                await InvokeAsync(() => _reading.RunAsync(ReadAsync));
            }

            if (news.Hints.Count > 0)
            {
                await InvokeAsync(() => _reading.RunAsync(() => TellOfOthersAsync(news.Hints)));
            }

            if (concerns)
            {
                await Task.Delay(NewsPace.RestAfter(Time.GetElapsedTime(started)), Time, _reading.Ending);
            }
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

    private async Task ReadAsync()
    {
        try
        {
            if (await CurrentActor.FindRecentAsync(Slug, _reading.Ending) is not { } actor)
            {
                return;
            }

            _board = await Query.GetAsync(actor, _reading.Ending);
            (_isFailed, _tries) = (false, 0);
        }
        catch (DbException)
        {
            // The list says so, and tries again by itself.
            (_isFailed, _tries) = (true, _tries + 1);
        }

        if (_board is { } board && !_isFailed)
        {
            _isQuiet = IsQuiet(board);
            if (_subscription is { } subscription)
            {
                subscription.ReadAt = board.Counter;
                await TellAsync(board);
            }
        }

        StateHasChanged();
    }

    private Task TryAgainAsync() => _reading.RunAsync(ReadAsync);

    private Task ReadAsync(NoticeLine line) => ActAsync(actor => line.Id == 0
        ? ReadWaiting.ExecuteAsync(actor, line.Sequence, _reading.Ending)
        : ReadOne.ExecuteAsync(actor, line.Id, line.Sequence, _reading.Ending));

    private Task OpenAsync(NoticeLine line) => line.State == NoticeState.Unread ? ReadAsync(line) : Task.CompletedTask;

    private Task ReadAllAsync() => _board is { } board
        ? ActAsync(actor => ReadEverything.ExecuteAsync(actor, Math.Max(board.Counter, board.Newest), _reading.Ending))
        : Task.CompletedTask;

    private Task ActAsync(Func<Actor, Task> act) => _reading.RunAsync(async () =>
    {
        try
        {
            if (await CurrentActor.FindAsync(Slug, _reading.Ending) is { } actor)
            {
                await act(actor);
                await ReadAsync();
            }
        }
        catch (Exception exception) when (exception is DbException or DbUpdateException or DatabaseUnavailableException)
        {
            // The list says so; what the person was doing beside it goes on.
            (_isFailed, _tries) = (true, _tries + 1);
            StateHasChanged();
        }
    });

    private async Task LeaveAsync(IJSObjectReference module)
    {
        try
        {
            await module.InvokeVoidAsync("leave", _root);
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The page is gone, and what listened in it.
        }

        await module.LetGoAsync();
    }
}
