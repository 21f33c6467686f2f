namespace Weflux.Web.Webhooks;

/// <summary>What the journal's load asks of the processor.</summary>
internal enum ProcessorMode
{
    /// <summary>Little arrives: whatever comes is applied at once.</summary>
    Calm,

    /// <summary>Much arrives and can be applied as it comes, with short rests in which the journal has its turn.</summary>
    KeepingUp,

    /// <summary>More arrives than can be applied: answering the platform goes first.</summary>
    Burst,
}

/// <summary>
/// How the processor shares the machine with the intake. A burst is taken in first: the processor works a tenth of the
/// time, in larger slices that cost less for each item, and returns to full work as soon as it can keep up with what
/// arrives, or when something has waited for ten seconds.
/// </summary>
/// <remarks>Not safe for several threads: each run of a lane has its own.</remarks>
internal sealed class ProcessorPace(TimeProvider time)
{
    private const int BurstRest = 9;
    private const double MuchPerSecond = 200;
    private const double KeepsUp = 0.8;
    private const int TellingSlice = 40;
    private const int FullEnough = 100;
    private const double Smoothing = 0.2;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LookTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Overdue = TimeSpan.FromSeconds(10);

    private long _lookedAt = time.GetTimestamp();
    private long _storedAtLook;
    private double _capacity = 3000;

    public ProcessorMode Mode { get; private set; }

    /// <summary>A slice was applied.</summary>
    /// <param name="items">How many items it held.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="stored">How many deliveries the journal has stored since the start.</param>
    /// <param name="waited">How long its oldest item had waited.</param>
    /// <returns>How long to rest.</returns>
    public TimeSpan After(int items, TimeSpan took, long stored, TimeSpan waited)
    {
        if (items >= TellingSlice && took > TimeSpan.Zero)
        {
            _capacity += Smoothing * ((items / took.TotalSeconds) - _capacity);
        }

        Look(stored, waited);
        var rest = Mode switch
        {
            ProcessorMode.Burst when waited < Overdue => took * BurstRest,
            ProcessorMode.KeepingUp when items < FullEnough => took > Gathering ? took : Gathering,
            _ => TimeSpan.Zero,
        };
        return rest < LongestRest ? rest : LongestRest;
    }

    private void Look(long stored, TimeSpan waited)
    {
        var since = time.GetElapsedTime(_lookedAt);
        if (since < (Mode == ProcessorMode.Calm ? Glance : LookTime))
        {
            return;
        }

        var arrivals = (stored - _storedAtLook) / since.TotalSeconds;
        (_lookedAt, _storedAtLook) = (time.GetTimestamp(), stored);
        Mode = Mode switch
        {
            _ when arrivals < MuchPerSecond => ProcessorMode.Calm,
            ProcessorMode.Calm => ProcessorMode.Burst,
            ProcessorMode.KeepingUp => waited > Behind ? ProcessorMode.Burst : ProcessorMode.KeepingUp,

            // What arrives now is what is sent. When the intake does not go first, senders may be waiting for it.
            _ => arrivals > KeepsUp * _capacity ? ProcessorMode.Burst : ProcessorMode.KeepingUp,
        };
    }
}
