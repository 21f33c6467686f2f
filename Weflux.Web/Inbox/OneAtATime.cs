namespace Weflux.Web.Inbox;

/// <summary>Runs a screen's reading one at a time and in order, so that no answer overtakes a newer one. It ends with the screen.</summary>
internal sealed class OneAtATime : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Cancelled when the screen goes.</summary>
    public CancellationToken Ending => _ending.Token;

    public async Task RunAsync(Func<Task> read)
    {
        try
        {
            await _turn.WaitAsync(Ending);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            await read();
        }
        catch (OperationCanceledException) when (Ending.IsCancellationRequested)
        {
            // The screen is gone, and with it the wish to know.
        }
        finally
        {
            _turn.Release();
        }
    }

    // What is under way still releases its turn, so only the wish to go on ends here.
    public async ValueTask DisposeAsync() => await _ending.CancelAsync();
}
