namespace Weflux.Web.Api;

/// <summary>How often one key may call. Section <c>Weflux:Api</c>.</summary>
public sealed class ApiOptions
{
    public const string Section = "Weflux:Api";
    internal const string Fault = $"{Section}:RequestsPerSecond and {Section}:Burst must be between 1 and 100000.";
    private const int Highest = 100_000;

    /// <summary>How many requests a second in the long run.</summary>
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>How many at once after a rest.</summary>
    public int Burst { get; set; } = 1000;

    internal bool IsSensible => RequestsPerSecond is >= 1 and <= Highest && Burst is >= 1 and <= Highest;
}
