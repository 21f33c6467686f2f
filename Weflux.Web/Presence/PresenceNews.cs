using Weflux.Domain.Team;

namespace Weflux.Web.Presence;

/// <summary>A member came, went, or chose otherwise.</summary>
/// <param name="Workspace">Where.</param>
/// <param name="User">Who.</param>
/// <param name="Before">What they were.</param>
/// <param name="Now">What they are.</param>
public sealed record PresenceChanged(WorkspaceId Workspace, UserId User, MemberPresence Before, MemberPresence Now);

/// <summary>
/// Tells whoever wants to act on it that somebody's presence changed, after the commit, on the one node that noticed. A
/// node that dies in between tells nobody, so nothing may rest on having heard it.
/// </summary>
public sealed partial class PresenceNews(ILogger<PresenceNews> logger)
{
    private readonly Lock _lock = new();
    private readonly List<Func<PresenceChanged, Task>> _listeners = [];

    /// <summary>Calls back at each change, until disposed. One listener that fails does not keep others from hearing.</summary>
    public IDisposable Listen(Func<PresenceChanged, Task> listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
        }

        return new Listening(this, listener);
    }

    internal async Task TellAsync(IReadOnlyList<PresenceChanged> changes)
    {
        List<Func<PresenceChanged, Task>> listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var (change, listener) in changes.SelectMany(change => listeners, (change, listener) => (change, listener)))
        {
            try
            {
                await listener(change);
            }
            catch (Exception exception)
            {
                ListenerFailed(exception, change.Workspace.Value);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Something that acts on the presence of members of workspace {Workspace} failed")]
    private partial void ListenerFailed(Exception exception, long workspace);

    private sealed class Listening(PresenceNews news, Func<PresenceChanged, Task> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (news._lock)
            {
                news._listeners.Remove(listener);
            }
        }
    }
}
