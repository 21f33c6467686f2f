using System.Globalization;

#pragma warning disable MA0047 // The runtime looks for it outside of any namespace.
/// <summary>Runs inside of a measured server before anything else.</summary>
internal static class StartupHook
#pragma warning restore MA0047
{
    /// <summary>Names the file in which it tells.</summary>
    public const string Variable = "WEFLUX_BENCHMARK_ALLOCATED";

    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    private static Timer? _timer;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            // Wound up anew after each beat: on a busy machine two beats would come at once.
            _timer = new Timer(_ => Tell(file));
            WindUp(TimeSpan.Zero);
        }
    }

    private static void Tell(string file)
    {
        // In one step, so that nobody reads half a number.
        var next = file + ".next";
        File.WriteAllText(next, GC.GetTotalAllocatedBytes(precise: false).ToString(CultureInfo.InvariantCulture));
        File.Move(next, file, overwrite: true);
        WindUp(Beat);
    }

    private static void WindUp(TimeSpan after) => _timer!.Change(after, Timeout.InfiniteTimeSpan);
}
