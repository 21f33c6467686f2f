using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Views;

/// <summary>Keeps the board of views up to date. It shows nothing itself.</summary>
public sealed class ViewWatch : ComponentBase, IAsyncDisposable
{
    /// <summary>Windows shut without anybody doing anything.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromMinutes(1);

    private readonly OneAtATime _reading = new();
    private FeedSubscription? _subscription;
    private ITimer? _timer;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Parameter, EditorRequired]
    public ViewBoard Board { get; set; } = null!;

    [Inject]
    private ViewCountsQuery Counts { get; set; } = null!;

    [Inject]
    private SavedViewsQuery Saved { get; set; } = null!;

    [Inject]
    private ViewChoicesQuery Choices { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        _timer?.Dispose();
        return _reading.DisposeAsync();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            return;
        }

        _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync);
        if (_reading.Ending.IsCancellationRequested)
        {
            _subscription.Dispose();
            return;
        }

        _timer = Time.CreateTimer(
            _ => _ = Aside.RunAsync(() => InvokeAsync(() => _reading.RunAsync(() => ReadAsync(isEverything: false))), DispatchExceptionAsync),
            state: null,
            ClockStep,
            ClockStep);
        await _reading.RunAsync(() => ReadAsync(isEverything: true));
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        try
        {
            var started = Time.GetTimestamp();
            await InvokeAsync(() => _reading.RunAsync(() => ReadAsync(isEverything: news.ReadAgain)));
            await Task.Delay(NewsPace.RestAfter(Time.GetElapsedTime(started)), Time, _reading.Ending);
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

    private async Task ReadAsync(bool isEverything)
    {
        var actor = isEverything
            ? await CurrentActor.FindAsync(Workspace, _reading.Ending)
            : await CurrentActor.FindRecentAsync(Workspace, _reading.Ending);
        if (actor is null)
        {
            Board.Show(counts: null);
            return;
        }

        if (isEverything)
        {
            await ReadViewsAsync(actor);
        }

        var counts = await Counts.GetAsync(actor, _reading.Ending);
        Board.Show(counts);
        if (counts is not null && _subscription is { } subscription)
        {
            subscription.ReadAt = counts.Counter;
        }
    }

    private async Task ReadViewsAsync(Actor actor)
    {
        var choices = await Choices.GetAsync(actor, _reading.Ending);
        Board.Show(await Saved.GetAsync(actor, _reading.Ending), choices);
    }
}
