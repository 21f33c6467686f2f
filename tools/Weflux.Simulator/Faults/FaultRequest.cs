using System.Text.Json;

namespace Weflux.Simulator.Faults;

/// <summary>Reads a fault as it is asked for, and says what is wrong with it.</summary>
internal static class FaultRequest
{
    private const int LongestDelay = 120_000;
    private const int MostCopies = 50;

    public static Fault? Read(JsonElement body, SimulatorOptions options, out string? wrong)
    {
        Fault? fault = null;
        try
        {
            fault = body.Deserialize<Fault>(SimulatorJson.Options);
            wrong = fault is null ? "A fault is needed." : WrongWith(fault, options);
        }
        catch (JsonException)
        {
            wrong = "A fault has a kind, and a probability from 0 to 1 or the next calls that it befalls.";
        }

        return wrong is null ? fault : null;
    }

    private static string? WrongWith(Fault fault, SimulatorOptions options) => fault switch
    {
        { Probability: null, Next: null } or { Probability: not null, Next: not null } => "Say either a probability or the next calls.",
        { Probability: < 0 or > 1 or double.NaN } => "A probability lies between 0 and 1.",
        { Next: < 1 } => "The next calls are at least one.",
        { Number: { } number } when options.Find(number) is null => "There is no such number.",
        { Milliseconds: < 0 or > LongestDelay } => $"A delay lasts at most {LongestDelay} milliseconds.",
        { Copies: < 2 or > MostCopies } => $"A webhook is posted 2 to {MostCopies} times.",
        { Status: not 0 and (< 400 or > 599) } => "A refusal has a status from 400 to 599.",
        _ => null,
    };
}
