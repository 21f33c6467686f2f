using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Presence;

/// <summary>Reads who is there for a screen that shows it, and again whenever somebody comes or goes. It shows nothing itself.</summary>
public sealed class PresenceWatch : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private FeedSubscription? _subscription;

    [Parameter, EditorRequired]
    public string Workspace { get; set; } = "";

    /// <summary>Told what was read.</summary>
    [Parameter, EditorRequired]
    public EventCallback<IReadOnlyDictionary<UserId, PresenceNow>> OnRead { get; set; }

    [Inject]
    private PresenceQuery Query { get; set; } = null!;

    [Inject]
    private CurrentActor CurrentActor { get; set; } = null!;

    [Inject]
    private InboxFeed Feed { get; set; } = null!;

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _subscription?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        if (await CurrentActor.FindAsync(Workspace, _ending.Token) is not { } actor)
        {
            return;
        }

        _subscription = await Feed.SubscribeAsync(actor, Workspace, HandleNewsAsync, hearsPeople: true);
        if (_ending.IsCancellationRequested)
        {
            _subscription.Dispose();
            return;
        }

        await ReadAsync();
    }

    private async Task HandleNewsAsync(FeedNews news)
    {
        if (news.People.Count == 0 && !news.ReadAgain)
        {
            return;
        }

        try
        {
            await InvokeAsync(ReadAsync);
        }
        catch (Exception exception) when (exception is not ObjectDisposedException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task ReadAsync()
    {
        if (!_ending.IsCancellationRequested && await CurrentActor.FindRecentAsync(Workspace) is { } actor
            && await Query.GetAsync(actor) is var read && !_ending.IsCancellationRequested)
        {
            await OnRead.InvokeAsync(read);
        }
    }
}
