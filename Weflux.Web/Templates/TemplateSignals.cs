using Weflux.Domain.Team;

namespace Weflux.Web.Templates;

/// <summary>
/// Tells pages of this process that templates of a workspace changed, and its watch that some are to be read at once.
/// Pages of other nodes notice by the change counter.
/// </summary>
public sealed class TemplateSignals : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<WorkspaceId, List<Action>> _watchers = [];
    private readonly SemaphoreSlim _asked = new(0, 1);

    /// <summary>Calls back whenever something changed, until disposed.</summary>
    public IDisposable Watch(WorkspaceId workspace, Action onChange)
    {
        lock (_lock)
        {
            if (!_watchers.TryGetValue(workspace, out var list))
            {
                _watchers[workspace] = list = [];
            }

            list.Add(onChange);
        }

        return new Watcher(this, workspace, onChange);
    }

    /// <summary>Something changed. Call after the commit.</summary>
    public void Tell(WorkspaceId workspace)
    {
        List<Action> watchers;
        lock (_lock)
        {
            watchers = _watchers.TryGetValue(workspace, out var list) ? [.. list] : [];
        }

        watchers.ForEach(w => w());
    }

    /// <summary>Some account is due to be read.</summary>
    public void Ask()
    {
        lock (_lock)
        {
            if (_asked.CurrentCount == 0)
            {
                _asked.Release();
            }
        }
    }

    /// <summary>Waits until somebody asks.</summary>
    public Task AskedAsync(CancellationToken cancellationToken) => _asked.WaitAsync(cancellationToken);

    public void Dispose() => _asked.Dispose();

    private sealed class Watcher(TemplateSignals owner, WorkspaceId workspace, Action onChange) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
            {
                if (owner._watchers.TryGetValue(workspace, out var list) && list.Remove(onChange) && list.Count == 0)
                {
                    owner._watchers.Remove(workspace);
                }
            }
        }
    }
}
