using Microsoft.AspNetCore.Components.Server.Circuits;
using Weflux.Domain.Team;
using Weflux.Web.Live;

namespace Weflux.Web.Inbox.Together;

/// <summary>
/// Who is with conversations, for the screens of one circuit. It hands on what the circuit's hub connection hears, and lets the
/// circuit's own seats go when its browser is gone.
/// </summary>
public sealed class TogetherBoard : CircuitHandler, IDisposable
{
    private readonly InboxFeed _feed;
    private readonly Lookers _lookers;
    private readonly TogetherNames _names;

    public TogetherBoard(InboxFeed feed, Lookers lookers, TogetherNames names)
    {
        (_feed, _lookers, _names) = (feed, lookers, names);
        feed.OnTogether = lookers.Hear;
        lookers.Changed += Tell;
    }

    /// <summary>Raised when others are with a conversation than before, from any thread.</summary>
    public event EventHandler<TogetherChangedEventArgs>? Changed;

    /// <summary>Raised when the browser of this circuit is out of reach.</summary>
    public event EventHandler? BrowserLost;

    public void Dispose()
    {
        _feed.OnTogether = null;
        _lookers.Changed -= Tell;
    }

    /// <summary>The conversations that somebody is with.</summary>
    public IReadOnlyList<long> Conversations(WorkspaceId workspace) => _lookers.Conversations(workspace);

    /// <summary>The colleagues who are with a conversation that the reader sees, which the caller knows.</summary>
    public async Task<IReadOnlyList<TogetherView>> WithAsync(
        WorkspaceId workspace, long conversationId, UserId reader, CancellationToken cancellationToken = default)
    {
        var there = _lookers.With(workspace, conversationId).Where(l => l.User != reader).ToList();
        if (there.Count == 0)
        {
            return [];
        }

        var names = await _names.OfAsync(workspace, [.. there.Select(l => l.User)], cancellationToken);
        return [.. there.Where(l => names.ContainsKey(l.User.Value)).Select(l => new TogetherView(l.User, names[l.User.Value], l.IsWriting))];
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        BrowserLost?.Invoke(this, EventArgs.Empty);
        return Task.CompletedTask;
    }

    private void Tell(object? sender, TogetherChangedEventArgs change) => Changed?.Invoke(this, change);
}

/// <summary>A colleague who is with a conversation.</summary>
public sealed record TogetherView(UserId User, Colleague Colleague, bool IsWriting);
