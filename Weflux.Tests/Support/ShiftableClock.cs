namespace Weflux.Tests.Support;

/// <summary>A clock that runs like the real one and can be set forward; timers that become due by it fire.</summary>
public sealed class ShiftableClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly HashSet<ShiftedTimer> _timers = [];
    private TimeSpan _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Shift.TotalSeconds * System.TimestampFrequency);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ShiftedTimer(this, callback, state);
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<ShiftedTimer> timers;
        lock (_lock)
        {
            _shift += by;
            timers = [.. _timers];
        }

        foreach (var timer in timers)
        {
            timer.Rearm();
        }
    }

    private TimeSpan Shift
    {
        get
        {
            lock (_lock)
            {
                return _shift;
            }
        }
    }

    private void Forget(ShiftedTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock _lock = new();
        private readonly ShiftableClock _clock;
        private readonly ITimer _real;
        private DateTimeOffset? _dueAt;
        private TimeSpan _period;

        public ShiftedTimer(ShiftableClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _real = System.CreateTimer(
                _ =>
                {
                    Fired();
                    callback(state);
                },
                null,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _period = period;
                _dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : _clock.GetUtcNow() + dueTime;
                return _real.Change(dueTime, Timeout.InfiniteTimeSpan);
            }
        }

        public void Rearm()
        {
            lock (_lock)
            {
                if (_dueAt is { } due)
                {
                    var wait = due - _clock.GetUtcNow();
                    _real.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
                }
            }
        }

        public void Dispose()
        {
            _clock.Forget(this);
            _real.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _clock.Forget(this);
            return _real.DisposeAsync();
        }

        private void Fired()
        {
            lock (_lock)
            {
                var isPeriodic = _period != Timeout.InfiniteTimeSpan && _period > TimeSpan.Zero;
                _dueAt = isPeriodic ? _clock.GetUtcNow() + _period : null;
                if (isPeriodic)
                {
                    _real.Change(_period, Timeout.InfiniteTimeSpan);
                }
            }
        }
    }
}
