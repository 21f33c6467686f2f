using System.Diagnostics;
using System.Globalization;

namespace Weflux.Benchmarks.Measuring;

/// <summary>A server in a process of its own, on a port of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private readonly Process _process;

    private readonly string _told;
    private readonly long _started;

    private Server(Process process, Uri address, long started, string told)
    {
        _process = process;
        _told = told;
        _started = started;
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

    /// <summary>Bytes allocated since the start, as of at most a quarter of a second ago.</summary>
    public async Task<long> AllocatedAsync()
    {
        await Task.Delay(StartupHook.Beat * 2);
        return long.Parse(await File.ReadAllTextAsync(_told), CultureInfo.InvariantCulture);
    }

    /// <summary>Resident memory in MiB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024.0 * 1024);
        }
    }

    /// <summary>Weflux as a business would run it, published, except that it offers the demo.</summary>
    public static Task<Server> StartWefluxAsync(string dataDirectory, params string[] more) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "weflux", "Weflux.Web.dll"),
        ["--urls=http://127.0.0.1:0", "--environment=Development", $"--Weflux:DataDirectory={dataDirectory}", "--Logging:LogLevel:Default=Warning", .. more]);

    public static Task<Server> StartBareAsync(params string[] limit) => StartAsync(
        Path.Combine(AppContext.BaseDirectory, "Weflux.Benchmarks.dll"), ["limit", .. limit]);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        File.Delete(_told);
    }

    /// <summary>Asks for an address.</summary>
    /// <returns>The time since the process was started.</returns>
    public async Task<TimeSpan> AskAsync(string path)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(_started);
    }

    private static async Task<Server> StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // Tells from inside how much is allocated, see StartupHook.
        start.Environment["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "Weflux.Benchmarks.dll");
        var told = Path.GetTempFileName();
        start.Environment[StartupHook.Variable] = told;
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Listening, StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Server(process, new Uri(line[(at + Listening.Length)..].Trim()), started, told);
            }
        }

        throw new InvalidOperationException($"{program} ended before it listened ({process.ExitCode.ToString(CultureInfo.InvariantCulture)}).");
    }
}
