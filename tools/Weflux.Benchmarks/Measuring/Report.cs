using System.Globalization;
using System.Text.Json;

namespace Weflux.Benchmarks.Measuring;

/// <summary>One figure beside its limit and its target.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Unit">Of both values.</param>
/// <param name="Weflux">The median of the rounds.</param>
/// <param name="Limit">The median of the limit in the same rounds; null if the target is a fixed value.</param>
/// <param name="Target">What is aimed at: a ratio if there is a limit, else a value.</param>
/// <param name="IsAtMost">Whether less is better.</param>
internal sealed record Line(string Measure, string Unit, double Weflux, double? Limit, double? Target, bool IsAtMost)
{
    public double? Ratio => Limit is > 0 ? Weflux / Limit : null;

    public bool? IsMet => Target is not { } target ? null : IsAtMost ? (Ratio ?? Weflux) <= target : (Ratio ?? Weflux) >= target;
}

/// <summary>What a run found, as a table for people and as JSON for programs.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly List<Line> _lines = [];
    private readonly List<string> _notes = [];

    public void Add(Line line)
    {
        _lines.Add(line);
        Console.Error.WriteLine(Row(line));
    }

    public void Note(string note)
    {
        _notes.Add(note);
        Console.Error.WriteLine(note);
    }

    public async Task WriteAsync(string? file)
    {
        await Console.Out.WriteLineAsync("| measure | unit | Weflux | limit | ratio | target | met |\n|---|---|---|---|---|---|---|");
        foreach (var line in _lines)
        {
            await Console.Out.WriteLineAsync(Row(line));
        }

        foreach (var note in _notes)
        {
            await Console.Out.WriteLineAsync($"- {note}");
        }

        if (file is not null)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(
                new
                {
                    at = TimeProvider.System.GetUtcNow(),
                    machine = new { processors = Environment.ProcessorCount, os = System.Runtime.InteropServices.RuntimeInformation.OSDescription, runtime = Environment.Version.ToString() },
                    lines = _lines,
                    notes = _notes,
                },
                Options));
        }
    }

    private static string Row(Line line) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {line.Measure} | {line.Unit} | {Say(line.Weflux)} | {Say(line.Limit)} | {(line.Ratio is { } ratio ? ratio.ToString("F2", CultureInfo.InvariantCulture) : "")} | {(line.Target is { } target ? (line.IsAtMost ? "≤ " : "≥ ") + target.ToString("0.##", CultureInfo.InvariantCulture) : "")} | {line.IsMet switch { true => "yes", false => "**no**", null => "" }} |");

    private static string Say(double? value) => value is not { } number ? ""
        : number.ToString(Math.Abs(number) >= 100 ? "F0" : "F2", CultureInfo.InvariantCulture);
}
