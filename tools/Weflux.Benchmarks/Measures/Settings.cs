namespace Weflux.Benchmarks.Measures;

/// <param name="Rounds">How often Weflux and its limit are measured in turn.</param>
/// <param name="Time">How long each measurement takes.</param>
/// <param name="Only">How many circuits or connections the one case to measure has; null for all cases.</param>
internal sealed record Settings(int Rounds, TimeSpan Time, int? Only)
{
    public bool Wants(int size) => Only is null || Only == size;
}
