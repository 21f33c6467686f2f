using System.Globalization;
using Microsoft.Data.Sqlite;
using Weflux.Benchmarks.Limits;
using Weflux.Benchmarks.Measures;
using Weflux.Benchmarks.Measuring;

// dotnet run -c Release --project tools/Weflux.Benchmarks [-- measure ...] [--rounds 3] [--seconds 5] [--only size] [--json file]
// Measures: acknowledge rows throughput footprint sending inbox; all of them if none is named.
switch (args)
{
    case ["limit", "endpoint", var file]:
        await BareEndpoint.RunAsync(file);
        return 0;
    case ["limit", "broadcast"]:
        await BareBroadcast.RunAsync();
        return 0;
}

var measures = new Dictionary<string, Func<Report, Settings, string, Task>>(StringComparer.Ordinal)
{
    ["footprint"] = Footprint.RunAsync,
    ["acknowledge"] = Acknowledge.RunAsync,
    ["throughput"] = Throughput.RunAsync,
    ["rows"] = Rows.RunAsync,
    ["sending"] = Sending.RunAsync,
    ["inbox"] = Inbox.RunAsync,
};
var chosen = args.TakeWhile(a => !a.StartsWith("--", StringComparison.Ordinal)).ToList();
if (chosen.Find(name => !measures.ContainsKey(name)) is { } unknown)
{
    await Console.Error.WriteLineAsync($"There is no measure '{unknown}'. Choose from: {string.Join(", ", measures.Keys)}.");
    return 2;
}

var settings = new Settings(Number("--rounds", 3), TimeSpan.FromSeconds(Number("--seconds", 5)), Value("--only") is null ? null : Number("--only", 0));
var report = new Report();
var folder = Directory.CreateTempSubdirectory("weflux-benchmark-");
try
{
    foreach (var (name, run) in measures.Where(m => chosen.Count == 0 || chosen.Contains(m.Key)))
    {
        await Console.Error.WriteLineAsync($"-- {name}");
        await run(report, settings, folder.FullName);
    }
}
finally
{
    SqliteConnection.ClearAllPools();
    folder.Delete(recursive: true);
}

await report.WriteAsync(Value("--json"));
return 0;

string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

int Number(string name, int otherwise) => Value(name) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : otherwise;
