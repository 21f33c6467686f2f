using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>What a screen should do now.</summary>
/// <param name="Hints">Conversations that changed, the newest version of each.</param>
/// <param name="ReadAgain">Something may have been missed: read everything shown again.</param>
/// <param name="AccessLost">The person may not see this workspace any more.</param>
/// <param name="Noticed">Something changed among the person's notices. Only screens that ask for it hear of that.</param>
public sealed record FeedNews(IReadOnlyList<ConversationHint> Hints, bool ReadAgain, bool AccessLost, bool Noticed = false)
{
    /// <summary>Members whose presence changed, for screens that asked to hear of people.</summary>
    public IReadOnlyCollection<UserId> People { get; init; } = [];
}

/// <summary>
/// One screen's place in the feed. News is handed over at once when the screen is idle; what arrives meanwhile merges
/// into the next hand-over. There are never two at a time. A hand-over that took long is a sign of load: after it the
/// screen rests as long again, so that a crowd of screens slows down to about thirty renderings a second each.
/// </summary>
public sealed partial class FeedSubscription : IDisposable
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(33);

    private readonly Lock _lock = new();
    private readonly Func<FeedNews, Task> _handler;
    private readonly Action<FeedSubscription> _leave;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private readonly Dictionary<long, ConversationHint> _hints = [];
    private readonly HashSet<UserId> _people = [];
    private bool _readAgain;
    private bool _accessLost;
    private bool _noticed;
    private bool _isRunning;
    private bool _isDisposed;

    internal FeedSubscription(Func<FeedNews, Task> handler, Action<FeedSubscription> leave, TimeProvider time, ILogger logger)
    {
        _handler = handler;
        _leave = leave;
        _time = time;
        _logger = logger;
    }

    /// <summary>The workspace's change counter at the screen's last full read. The screen sets it; a beat that shows a higher one asks to read again.</summary>
    public long ReadAt { get; set; }

    /// <summary>Whether the screen shows who is there.</summary>
    public bool HearsPeople { get; init; }

    /// <summary>Whether the screen shows notices.</summary>
    public bool HearsNotices { get; init; }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
        }

        _leave(this);
    }

    internal void Push(IReadOnlyList<ConversationHint> hints)
    {
        lock (_lock)
        {
            foreach (var hint in hints)
            {
                _hints[hint.ConversationId] = _hints.TryGetValue(hint.ConversationId, out var known) ? Merge(known, hint) : hint;
            }

            Start();
        }
    }

    internal void PushPeople(IEnumerable<UserId> people)
    {
        if (!HearsPeople)
        {
            return;
        }

        lock (_lock)
        {
            _people.UnionWith(people);
            Start();
        }
    }

    internal void PushReadAgain()
    {
        lock (_lock)
        {
            _readAgain = true;
            Start();
        }
    }

    internal void PushAccessLost()
    {
        lock (_lock)
        {
            _accessLost = true;
            Start();
        }
    }

    internal void PushNoticed()
    {
        lock (_lock)
        {
            _noticed = true;
            Start();
        }
    }

    private void Start()
    {
        if (_isRunning || _isDisposed)
        {
            return;
        }

        _isRunning = true;
        if (_context is null)
        {
            _ = Task.Run(RunAsync);
        }
        else
        {
            // Handlers run in the culture of the circuit that subscribed, whoever brings the news.
            ExecutionContext.Run(_context, static self => _ = Task.Run(((FeedSubscription)self!).RunAsync), this);
        }
    }

    private async Task RunAsync()
    {
        while (Take() is { } news)
        {
            var started = _time.GetTimestamp();
            try
            {
                await _handler(news);
            }
            catch (ObjectDisposedException)
            {
                // The circuit ended while its news was under way; there is no screen left to tell.
            }
            catch (Exception exception)
            {
                HandlerFailed(exception);
            }

            var took = _time.GetElapsedTime(started);
            if (took > Quick)
            {
                await Task.Delay(took < LongestRest ? took : LongestRest, _time);
            }
        }
    }

    private static ConversationHint Merge(ConversationHint known, ConversationHint hint)
    {
        var newer = known.Version <= hint.Version ? hint : known;
        return known.IsOwn || hint.IsOwn ? newer with { IsOwn = true } : newer;
    }

    private FeedNews? Take()
    {
        lock (_lock)
        {
            if (_isDisposed || (_hints.Count == 0 && _people.Count == 0 && !_readAgain && !_accessLost && !_noticed))
            {
                _isRunning = false;
                return null;
            }

            var news = new FeedNews([.. _hints.Values], _readAgain, _accessLost, _noticed) { People = [.. _people] };
            _hints.Clear();
            _people.Clear();
            _readAgain = _accessLost = _noticed = false;
            return news;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A screen failed to take in news")]
    private partial void HandlerFailed(Exception exception);
}
