namespace Weflux.Tests.Support;

/// <summary>How long tests of random input run: shortly with the other tests, longer when CsCheck's own variables say so.</summary>
public static class Fuzz
{
    private static readonly bool IsLong = new[] { "CsCheck_Iter", "CsCheck_Time" }.Any(v => Environment.GetEnvironmentVariable(v) is { Length: > 0 });

    /// <summary>The iterations to ask for: these, or whatever the variables say.</summary>
    public static long Iterations(long quick) => IsLong ? -1 : quick;
}
