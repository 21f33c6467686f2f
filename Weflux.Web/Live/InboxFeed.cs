using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.SignalR.Client;
using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>
/// The one thing that components see of the live road: one hub connection per circuit, opened by the first
/// subscription and closed with the circuit. Whoever subscribes, and everybody after a reconnect, reads again.
/// </summary>
public sealed partial class InboxFeed(
    AuthenticationStateProvider authentication,
    InProcessHubConnection hub,
    ChangeBeat beat,
    TimeProvider time,
    ILogger<InboxFeed> logger) : IAsyncDisposable
{
    private static readonly TimeSpan[] Backoff = [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<FeedSubscription> _subscriptions = [];
    private HubConnection? _connection;
    private IDisposable? _beat;
    private (WorkspaceId Id, string Slug) _workspace;
    private bool _isJoined;

    /// <summary>Called with what people do with conversations of a workspace, as the hub tells it. One part of a circuit takes it for all.</summary>
    public Action<WorkspaceId, IReadOnlyList<TogetherHint>>? OnTogether { get; set; }

    /// <summary>Subscribes a screen. Read what the screen shows after this returns, so that nothing falls between.</summary>
    /// <param name="actor">Who watches.</param>
    /// <param name="workspaceSlug">The workspace; a circuit watches one at a time.</param>
    /// <param name="handler">Called with news, never twice at once. It runs outside of the renderer: use <c>InvokeAsync</c>.</param>
    /// <param name="hearsPeople">Whether the screen shows who is there, and wants to hear when that changes.</param>
    /// <param name="hearsNotices">Whether it is also told when the person's notices change.</param>
    public async Task<FeedSubscription> SubscribeAsync(
        Actor actor, string workspaceSlug, Func<FeedNews, Task> handler, bool hearsPeople = false, bool hearsNotices = false)
    {
        var subscription = new FeedSubscription(handler, Leave, time, logger) { HearsPeople = hearsPeople, HearsNotices = hearsNotices };
        lock (_lock)
        {
            _subscriptions.Add(subscription);
        }

        try
        {
            await EnterAsync(actor.Workspace, workspaceSlug);
            return subscription;
        }
        catch
        {
            subscription.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _beat?.Dispose();
        if (_connection is { } connection)
        {
            await connection.DisposeAsync();
        }

        _ending.Dispose();
        _connecting.Dispose();
    }

    internal void Beat(long counter)
    {
        foreach (var subscription in Subscriptions().Where(s => s.ReadAt < counter))
        {
            subscription.PushReadAgain();
        }
    }

    private async Task EnterAsync(WorkspaceId workspace, string slug)
    {
        await _connecting.WaitAsync(_ending.Token);
        try
        {
            if (_isJoined && _workspace.Id == workspace)
            {
                return;
            }

            _isJoined = false;
            _workspace = (workspace, slug);
            _beat?.Dispose();
            _beat = beat.Watch(workspace, Beat);
            _connection ??= await CreateAsync();
            await StartAsync(_connection);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<HubConnection> CreateAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        var connection = hub.Create(state.User);
        connection.On<IReadOnlyList<ConversationHint>>(nameof(IInboxClient.Changed), hints =>
        {
            foreach (var subscription in Subscriptions())
            {
                subscription.Push(hints);
            }
        });

        connection.On<IReadOnlyList<long>>(nameof(IInboxClient.People), members =>
        {
            foreach (var subscription in Subscriptions())
            {
                subscription.PushPeople(members.Select(m => new UserId(m)));
            }
        });

        connection.On(nameof(IInboxClient.Noticed), () =>
        {
            foreach (var subscription in Subscriptions().Where(s => s.HearsNotices))
            {
                subscription.PushNoticed();
            }
        });

        connection.On<IReadOnlyList<TogetherHint>>(nameof(IInboxClient.Together), hints => OnTogether?.Invoke(_workspace.Id, hints));

        // Also without an error: the hub lets go of somebody whose access changed, and joining anew tells what is left of it.
        connection.Closed += error => _ending.IsCancellationRequested ? Task.CompletedTask : ReconnectAsync(error);
        return connection;
    }

    private async Task StartAsync(HubConnection connection)
    {
        if (connection.State == HubConnectionState.Disconnected)
        {
            await connection.StartAsync(_ending.Token);
        }

        _isJoined = await JoinAsync(connection);
    }

    /// <summary>A screen that subscribes meanwhile waits, instead of starting the same connection.</summary>
    private async Task RestartAsync(HubConnection connection)
    {
        await _connecting.WaitAsync(_ending.Token);
        try
        {
            await StartAsync(connection);
        }
        finally
        {
            _connecting.Release();
        }
    }

    private async Task<bool> JoinAsync(HubConnection connection)
    {
        if (!await connection.InvokeAsync<bool>(nameof(InboxHub.JoinWorkspace), _workspace.Slug, _ending.Token))
        {
            foreach (var subscription in Subscriptions())
            {
                subscription.PushAccessLost();
            }

            return false;
        }

        return true;
    }

    private async Task ReconnectAsync(Exception? error)
    {
        _isJoined = false;
        if (error is not null)
        {
            ConnectionLost(error);
        }

        for (var attempt = 0; !_ending.IsCancellationRequested && _connection is { } connection; attempt++)
        {
            try
            {
                await Task.Delay(Backoff[Math.Min(attempt, Backoff.Length - 1)], time, _ending.Token);
                await RestartAsync(connection);
                foreach (var subscription in Subscriptions())
                {
                    subscription.PushReadAgain();
                }

                return;
            }
            catch (OperationCanceledException) when (_ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                ConnectionLost(exception);
            }
        }
    }

    private List<FeedSubscription> Subscriptions()
    {
        lock (_lock)
        {
            return [.. _subscriptions];
        }
    }

    private void Leave(FeedSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A circuit lost its hub connection and connects again")]
    private partial void ConnectionLost(Exception exception);
}
