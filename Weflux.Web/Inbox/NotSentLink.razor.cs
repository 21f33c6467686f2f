using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Live;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox;

/// <summary>Leads to the messages that went wrong and wait for the reader, as long as there are any.</summary>
public sealed partial class NotSentLink : IAsyncDisposable
{
    private readonly OneAtATime _reading = new();
    private FeedSubscription? _subscription;
    private int _count;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    [Inject]
    private TroubleCountQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    public ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
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

        await _reading.RunAsync(() => ReadAsync(actor));
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        try
        {
            // Most changes are of other things.
            var started = Time.GetTimestamp();
            await InvokeAsync(() => _reading.RunAsync(async () => await ReadAsync(await CurrentActor.FindRecentAsync(Workspace, _reading.Ending))));
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

    private async Task ReadAsync(Actor? actor)
    {
        var now = actor is null ? new TroubleCount(0, 0) : await Query.GetAsync(actor, _reading.Ending);
        if (_subscription is { } subscription)
        {
            subscription.ReadAt = now.Counter;
        }

        if (_count != now.Count)
        {
            _count = now.Count;
            StateHasChanged();
        }
    }
}
