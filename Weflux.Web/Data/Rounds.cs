using System.Data.Common;

namespace Weflux.Web.Data;

/// <summary>
/// Work on the database that is done again and again while the program runs. A round that fails is logged, and the next
/// one tries again: housekeeping must never end the program.
/// </summary>
internal static partial class Rounds
{
    public static async Task RunAsync(
        Func<CancellationToken, Task> round, TimeSpan interval, TimeProvider time, ILogger logger, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        await RunAsync(round, timer.WaitForNextTickAsync, logger, stoppingToken);
    }

    /// <summary>The same, whenever there is something to do.</summary>
    /// <param name="round">The work.</param>
    /// <param name="nextAsync">Waits until there is something to do; false ends it.</param>
    /// <param name="logger">Where a round that fails is told.</param>
    /// <param name="stoppingToken">Ends it.</param>
    public static async Task RunAsync(
        Func<CancellationToken, Task> round, Func<CancellationToken, ValueTask<bool>> nextAsync, ILogger logger, CancellationToken stoppingToken)
    {
        while (await nextAsync(stoppingToken))
        {
            await TryAsync(() => round(stoppingToken), logger);
        }
    }

    /// <summary>The same work for each of several. One that fails is logged, and keeps none of the others from its turn.</summary>
    /// <param name="all">The several, mostly workspaces.</param>
    /// <param name="workAsync">The work for one of them.</param>
    /// <param name="logger">Where one that fails is told.</param>
    /// <returns>Those that failed.</returns>
    public static async Task<List<T>> EachAsync<T>(IEnumerable<T> all, Func<T, Task> workAsync, ILogger logger)
    {
        var failed = new List<T>();
        foreach (var one in all)
        {
            if (!await TryAsync(() => workAsync(one), logger))
            {
                failed.Add(one);
            }
        }

        return failed;
    }

    private static async Task<bool> TryAsync(Func<Task> workAsync, ILogger logger)
    {
        try
        {
            await workAsync();
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (exception.GetBaseException() is DbException database)
            {
                // Its words may quote what people wrote.
                FailedInDatabase(logger, database.GetType().Name);
            }
            else
            {
                Failed(logger, exception);
            }

            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A round of housekeeping failed at the database ({Kind}); the next one tries again")]
    private static partial void FailedInDatabase(ILogger logger, string kind);

    [LoggerMessage(Level = LogLevel.Error, Message = "A round of housekeeping failed; the next one tries again")]
    private static partial void Failed(ILogger logger, Exception exception);
}
