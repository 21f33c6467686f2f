namespace Weflux.Web.Media.Fetching;

/// <summary>
/// Claims files that are due, works at several side by side, and gives back what the end of the program interrupts. One
/// file that cannot be worked at keeps nobody else waiting.
/// </summary>
public abstract class FileWorker : BackgroundService
{
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);
    private readonly FileClaims _claims;
    private readonly int _mostAtOnce;

    private protected FileWorker(FileClaims claims, int mostAtOnce) => (_claims, _mostAtOnce) = (claims, mostAtOnce);

    /// <summary>Claims what is due, as much as there is room for.</summary>
    public Task<IReadOnlyList<FileClaim>> ClaimAsync(int room, CancellationToken cancellationToken) => _claims.TakeAsync(room, cancellationToken);

    /// <summary>Until there is something to do, or the time is over.</summary>
    private protected abstract Task WaitAsync(TimeSpan most, CancellationToken cancellationToken);

    /// <summary>There may be something to do: a place became free.</summary>
    private protected abstract void Wake();

    /// <summary>What is looked after before each round of claims.</summary>
    private protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Works at one file that was claimed.</summary>
    private protected abstract Task WorkAsync(FileClaim claim, CancellationToken cancellationToken);

    /// <summary>What is due could not be found out.</summary>
    private protected abstract void OnClaimFailed(string fault);

    /// <summary>The work at a file was broken off; it is due again when its claim has run out.</summary>
    private protected abstract void OnWorkFailed(long file, string fault);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                running.RemoveAll(task => task.IsCompleted);
                var started = await StartAsync(running, stoppingToken);
                if (!started || running.Count >= _mostAtOnce)
                {
                    await WaitAsync(Nap, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task<bool> StartAsync(List<Task> running, CancellationToken stoppingToken)
    {
        try
        {
            await PrepareAsync(stoppingToken);
            var due = running.Count >= _mostAtOnce ? [] : await ClaimAsync(_mostAtOnce - running.Count, stoppingToken);
            running.AddRange(due.Select(claim => Task.Run(() => RunAsync(claim, stoppingToken), CancellationToken.None)));
            return due.Count > 0;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it was must not end the program: the next beat tries again.
            OnClaimFailed(exception.GetType().Name);
            return false;
        }
    }

    private async Task RunAsync(FileClaim claim, CancellationToken stoppingToken)
    {
        try
        {
            await WorkAsync(claim, stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            await GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            // One file must not keep the others from being worked at; its claim runs out and it is due again.
            OnWorkFailed(claim.FileId, exception.GetType().Name);
        }
        finally
        {
            _claims.LetGo(claim);
            Wake();
        }
    }

    private async Task GiveBackAsync(FileClaim claim)
    {
        try
        {
            await _claims.GiveBackAsync(claim);
        }
        catch (Exception exception)
        {
            OnWorkFailed(claim.FileId, exception.GetType().Name);
        }
    }
}
