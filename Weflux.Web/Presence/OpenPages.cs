using System.Globalization;
using System.Threading.Channels;
using Weflux.Domain.Team;

namespace Weflux.Web.Presence;

/// <summary>
/// Whose pages are open on this node, and which of them are in use. It is kept in memory; <see cref="PresenceBeat"/>
/// writes it down for other nodes.
/// </summary>
public sealed class OpenPages(TimeProvider time)
{
    /// <summary>
    /// Within this time a page that loads again is the same visit, and nothing is written. With a beat on either side it is
    /// shorter than <see cref="PresenceFacts.Grace"/>, or other nodes would see somebody go and come.
    /// </summary>
    private static readonly TimeSpan Reload = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(WorkspaceId Workspace, UserId User), Visit> _visits = [];
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>This node: machine, process, and a mark that no other start has.</summary>
    public string Node { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");

    /// <summary>A page of the actor is open and in use, until disposed.</summary>
    internal OpenPage Enter(Actor actor)
    {
        var key = (actor.Workspace, actor.User);
        lock (_lock)
        {
            Count(key, pages: 1, used: 1);
        }

        return new OpenPage(this, key);
    }

    /// <summary>What is known of somebody, with what this node knows better than the database.</summary>
    internal PresenceFacts Fresh(StoredPresence stored, DateTimeOffset now)
    {
        lock (_lock)
        {
            return !_visits.TryGetValue((stored.WorkspaceId, stored.UserId), out var visit) || visit.Pages == 0
                ? stored.Facts
                : stored.Facts with { OpenAt = now, UsedAt = visit.Used > 0 ? now : stored.UsedAt };
        }
    }

    /// <summary>Waits until somebody came whom the database does not know to be here.</summary>
    internal ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _news.Reader.ReadAsync(cancellationToken);

    /// <summary>Those who came, or took a page up again, since they were last written down.</summary>
    internal IReadOnlyList<(WorkspaceId Workspace, UserId User)> Arrivals()
    {
        lock (_lock)
        {
            return [.. _visits.Where(v => v.Value is { IsFresh: true, Pages: > 0 }).Select(v => v.Key)];
        }
    }

    /// <summary>Somebody was written down as being here.</summary>
    /// <param name="key">Who, where.</param>
    /// <param name="row">The number of the row; null if there is none, because they are no member any more.</param>
    internal void Wrote((WorkspaceId Workspace, UserId User) key, long? row)
    {
        lock (_lock)
        {
            if (_visits.TryGetValue(key, out var visit))
            {
                (visit.IsFresh, visit.Row) = (false, row);
            }
        }
    }

    /// <summary>The rows of those who are here, and of those among them who use a page; who left for good is forgotten.</summary>
    internal (IReadOnlyList<long> Open, IReadOnlyList<long> Used) Beat()
    {
        var gone = time.GetUtcNow() - Reload;
        lock (_lock)
        {
            foreach (var (key, _) in _visits.Where(v => v.Value.Pages == 0 && v.Value.LeftAt <= gone).ToList())
            {
                _visits.Remove(key);
            }

            var here = _visits.Values.Where(v => v is { Pages: > 0, Row: not null }).ToList();
            return ([.. here.Select(v => v.Row!.Value)], [.. here.Where(v => v.Used > 0).Select(v => v.Row!.Value)]);
        }
    }

    internal void Change((WorkspaceId Workspace, UserId User) key, int pages, int used)
    {
        lock (_lock)
        {
            Count(key, pages, used);
        }
    }

    private void Count((WorkspaceId Workspace, UserId User) key, int pages, int used)
    {
        var now = time.GetUtcNow();
        if (!_visits.TryGetValue(key, out var visit))
        {
            _visits[key] = visit = new Visit { IsFresh = true };
        }

        // Back after more than a reload, or after the page lay idle: others may have been told already.
        visit.IsFresh |= pages > 0 && visit.Pages == 0 && visit.LeftAt is { } left && left + Reload <= now;
        visit.IsFresh |= used > 0 && visit is { Used: 0, Pages: > 0 };
        visit.Pages += pages;
        visit.Used += used;
        visit.LeftAt = visit.Pages == 0 ? now : null;
        if (visit.IsFresh && visit.Pages > 0)
        {
            _news.Writer.TryWrite(true);
        }
    }

    private sealed class Visit
    {
        public int Pages { get; set; }

        public int Used { get; set; }

        public DateTimeOffset? LeftAt { get; set; }

        public long? Row { get; set; }

        public bool IsFresh { get; set; }
    }
}

/// <summary>One open page of somebody. Its calls may come from anywhere, and more than once.</summary>
public sealed class OpenPage : IDisposable
{
    private readonly Lock _lock = new();
    private readonly OpenPages _pages;
    private readonly (WorkspaceId Workspace, UserId User) _key;
    private bool _isOpen = true;
    private bool _isUsed = true;
    private bool _isDisposed;

    internal OpenPage(OpenPages pages, (WorkspaceId Workspace, UserId User) key) => (_pages, _key) = (pages, key);

    /// <summary>The browser lost its connection, or has it again.</summary>
    public void Connect(bool isConnected) => Set(isConnected, _isUsed);

    /// <summary>Somebody uses the page, or has not for long.</summary>
    public void Use(bool isUsed) => Set(_isOpen, isUsed);

    public void Dispose()
    {
        lock (_lock)
        {
            Set(isOpen: false, _isUsed);
            _isDisposed = true;
        }
    }

    private void Set(bool isOpen, bool isUsed)
    {
        lock (_lock)
        {
            if (_isDisposed || (isOpen, isUsed) == (_isOpen, _isUsed))
            {
                return;
            }

            var used = (isOpen && isUsed ? 1 : 0) - (_isOpen && _isUsed ? 1 : 0);
            var pages = (isOpen ? 1 : 0) - (_isOpen ? 1 : 0);
            (_isOpen, _isUsed) = (isOpen, isUsed);
            _pages.Change(_key, pages, used);
        }
    }
}
