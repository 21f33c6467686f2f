using System.Diagnostics;

namespace Weflux.Benchmarks;

/// <summary>A server in a process of its own, on a port of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process _process;

    private Server(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Task<Server> StartWefluxAsync(string dataDirectory) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "Weflux.Web.dll"),
        "--urls=http://127.0.0.1:0", "--environment=Development", $"--Weflux:DataDirectory={dataDirectory}", "--Logging:LogLevel:Default=Warning");

    public static Task<Server> StartBareAsync(string file) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "Weflux.Benchmarks.dll"), "bare", file);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<Server> StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Server(process, new Uri(line[(at + Listening.Length)..].Trim()));
            }
        }

        throw new InvalidOperationException($"{program} ended before it listened.");
    }
}
