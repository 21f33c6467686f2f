using Weflux.Benchmarks;

// Measures what a webhook costs until it is acknowledged, beside a bare endpoint that does only what cannot be left out.
// Usage: dotnet run -c Release --project tools/Weflux.Benchmarks [-- seconds-per-round [rounds]]
if (args is ["bare", var file])
{
    await BareEndpoint.RunAsync(file);
    return;
}

var seconds = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 5;
var rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 3;
await AcknowledgeBenchmark.RunAsync(TimeSpan.FromSeconds(seconds), rounds);
