using System.Diagnostics;

namespace Weflux.Tests.Simulator;

/// <summary>Waits for what must come true, with a deadline that only a fault can reach.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task<T> SeeAsync<T>(Func<Task<T>> look, Func<T, bool> isRight)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var seen = await look();
            if (isRight(seen))
            {
                return seen;
            }

            if (watch.Elapsed > Deadline)
            {
                throw new TimeoutException($"Not seen within {Deadline.TotalSeconds:0} s; last seen: {seen}");
            }

            await Task.Delay(20);
        }
    }

    public static Task<IReadOnlyList<T>> SeeAsync<T>(Func<IReadOnlyList<T>> look, int count) =>
        SeeAsync(() => Task.FromResult(look()), seen => seen.Count >= count);
}
