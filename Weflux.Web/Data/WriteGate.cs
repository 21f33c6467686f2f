namespace Weflux.Web.Data;

/// <summary>What waits to write. The journal goes first: an answer to the platform waits for it.</summary>
public enum WritePriority
{
    Journal,
    Work,
}

/// <summary>
/// SQLite has one writer. Writers of this process queue here in order instead of colliding in the file, and the
/// journal overtakes everything else. For a database server the gate stands open.
/// </summary>
public sealed class WriteGate(bool isOpen)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource<bool>> _journal = new();
    private readonly Queue<TaskCompletionSource<bool>> _work = new();
    private bool _isTaken;

    /// <summary>Waits for the turn to write. Dispose what is returned as soon as the transaction has ended.</summary>
    public async ValueTask<Turn> EnterAsync(WritePriority priority, CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            return default;
        }

        TaskCompletionSource<bool> waiter;
        lock (_lock)
        {
            if (!_isTaken)
            {
                _isTaken = true;
                return new Turn(this);
            }

            waiter = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            (priority == WritePriority.Journal ? _journal : _work).Enqueue(waiter);
        }

        await using (cancellationToken.Register(static (state, token) => ((TaskCompletionSource<bool>)state!).TrySetCanceled(token), waiter))
        {
            await waiter.Task;
        }

        return new Turn(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_journal.TryDequeue(out var next) || _work.TryDequeue(out next))
            {
                // A waiter that was cancelled meanwhile does not take the turn.
                if (next.TrySetResult(true))
                {
                    return;
                }
            }

            _isTaken = false;
        }
    }

    public readonly struct Turn(WriteGate? gate) : IDisposable
    {
        public void Dispose() => gate?.Leave();
    }
}
