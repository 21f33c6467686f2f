namespace Weflux.Benchmarks.Measures;

/// <param name="Rounds">How often Weflux and its limit are measured in turn.</param>
/// <param name="Time">How long each measurement takes.</param>
internal sealed record Settings(int Rounds, TimeSpan Time);
