using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Weflux.Web.Api.Events;

/// <summary>Wakes the sender of this node when events were committed. Nothing depends on it: the sender also looks by itself.</summary>
public sealed class EventSignals
{
    private static readonly object Expected = new();
    private readonly ConditionalWeakTable<DbContext, object> _expecting = [];
    private TaskCompletionSource _wake = New();

    /// <summary>The transaction of this context has events. Once it is committed, they can be sent.</summary>
    public void Expect(DbContext db) => _expecting.AddOrUpdate(db, Expected);

    /// <summary>A transaction of this context is committed.</summary>
    public void Arrived(DbContext? db)
    {
        if (db is not null && _expecting.Remove(db))
        {
            Wake();
        }
    }

    public void Wake() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Waits until somebody wakes it or the time is over.</summary>
    public async Task WaitAsync(TimeSpan most, TimeProvider time, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Volatile.Read(ref _wake).Task, Task.Delay(most, time, over.Token));
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _wake).Task.IsCompleted)
        {
            // Whoever wakes it from here on wakes the next wait.
            Volatile.Write(ref _wake, New());
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
