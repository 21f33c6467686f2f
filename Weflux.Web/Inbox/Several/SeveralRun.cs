namespace Weflux.Web.Inbox.Several;

/// <summary>Something that is being done with several conversations, as a screen shows it.</summary>
public sealed class SeveralRun(SeveralWish wish, int total) : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private long _shownAt = TimeProvider.System.GetTimestamp();

    public SeveralWish Wish => wish;

    public int Total => total;

    /// <summary>How many are behind.</summary>
    public int Done { get; private set; }

    public bool IsStopping => _stop.IsCancellationRequested;

    internal CancellationToken Stopping => _stop.Token;

    public Task StopAsync() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();

    /// <summary>Takes note of how far it came.</summary>
    /// <returns>Whether it is time to show it again: not for each.</returns>
    internal bool Pass(int done)
    {
        Done = done;
        var now = TimeProvider.System.GetTimestamp();
        if (TimeProvider.System.GetElapsedTime(_shownAt, now) < Step)
        {
            return false;
        }

        _shownAt = now;
        return true;
    }
}

/// <summary>What the list tells of choosing, until it is put away.</summary>
/// <param name="Words">What.</param>
/// <param name="Undo">What takes it back; null if nothing does.</param>
/// <param name="Ids">With which conversations.</param>
public sealed record ChosenNews(string Words, SeveralUndo? Undo = null, IReadOnlyList<long>? Ids = null);
