using System.Globalization;

namespace Weflux.Tests.Faults;

/// <summary>How long and by what chance the rig runs: <c>WEFLUX_FAULT_KILLS</c> and <c>WEFLUX_FAULT_SEED</c>.</summary>
internal static class FaultRuns
{
    private const string KillsVariable = "WEFLUX_FAULT_KILLS";
    private const string SeedVariable = "WEFLUX_FAULT_SEED";

    /// <summary>Why the rig does not run on Windows.</summary>
    public const string NeedsUnix = "The rig kills processes with signals, which Windows does not have.";

    public static bool IsWindows => OperatingSystem.IsWindows();

    public static bool IsLong => Number(KillsVariable) is not null;

    /// <summary>How often the process is killed at random, besides once at each fail point.</summary>
    public static int Kills => Number(KillsVariable) ?? 1;

    public static int NewSeed() => Number(SeedVariable) ?? Random.Shared.Next(1, 1_000_000);

    /// <summary>Printed with the test's result, so that a run can be repeated.</summary>
    public static void Say(string text) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {text}");

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>What counts seconds or wants the machine for itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsAlone
{
    public const string Name = "Faults alone";
}
