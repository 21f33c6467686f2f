namespace Weflux.Benchmarks.Measuring;

internal static class Figures
{
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    public static double Median(IEnumerable<double> all)
    {
        var sorted = all.Order().ToList();
        return Percentile(sorted, 0.5);
    }
}
