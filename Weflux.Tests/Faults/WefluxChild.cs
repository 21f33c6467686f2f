using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Weflux.Tests.Simulator;
using Weflux.Web.Data;

namespace Weflux.Tests.Faults;

/// <summary>Weflux as a process of its own that can be killed and started again on the same data and the same port.</summary>
internal sealed class WefluxChild : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly List<string> _arguments = [];
    private Process? _process;

    public WefluxChild(string dataDirectory, Uri? graph = null, string environment = "Development")
    {
        DataDirectory = dataDirectory;
        Directory.CreateDirectory(dataDirectory);
        Address = new Uri($"http://127.0.0.1:{FreePort()}");
        _arguments.Add(Path.Combine(AppContext.BaseDirectory, "Weflux.Web.dll"));
        _arguments.Add($"--urls={Address.ToString().TrimEnd('/')}");
        _arguments.Add($"--environment={environment}");
        _arguments.Add($"--Weflux:DataDirectory={dataDirectory}");
        _arguments.Add("--Demo:Enabled=true");
        _arguments.Add("--Logging:LogLevel:Default=Warning");
        _arguments.Add("--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning");
        if (graph is not null)
        {
            _arguments.Add($"--Weflux:CloudApi:BaseAddress={graph}");
        }
    }

    public string DataDirectory { get; }

    public Uri Address { get; }

    public string DatabaseFile => Path.Combine(DataDirectory, "weflux.db");

    public int ProcessId => _process!.Id;

    public int ExitCode => _process!.ExitCode;

    public bool HasExited => _process is null || _process.HasExited;

    /// <summary>What the process printed lately.</summary>
    public string Output => string.Join(Environment.NewLine, _output);

    public static string NewDirectory() => Path.Combine(Path.GetTempPath(), $"weflux-faults-{Guid.NewGuid():N}");

    /// <summary>A child that calls a simulator of its own as it would call Meta. Each has to know where the other is.</summary>
    public static async Task<(WefluxChild Child, SimulatorHost Simulator)> WithSimulatorAsync(string dataDirectory)
    {
        WefluxChild? child = null;
        var simulator = await SimulatorHost.StartAsync(() => child!.Address, longestWait: TimeSpan.FromSeconds(1));
        child = new WefluxChild(dataDirectory, simulator.Graph.BaseAddress);
        return (child, simulator);
    }

    /// <summary>Starts the process without waiting for anything.</summary>
    /// <param name="failPoint">Where it kills itself; null for nowhere.</param>
    /// <param name="shell">A shell command to run first in the same process, such as one that sets a limit.</param>
    public void Begin(string? failPoint = null, string? shell = null)
    {
        _process?.Dispose();
        var start = new ProcessStartInfo(shell is null ? "dotnet" : "/bin/sh")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (shell is not null)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"{shell}; exec dotnet \"$@\"");
            start.ArgumentList.Add("sh");
        }

        _arguments.ForEach(start.ArgumentList.Add);
        start.Environment.Remove(FailPoint.Variable);
        if (failPoint is not null)
        {
            start.Environment[FailPoint.Variable] = failPoint;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the process and waits until it is ready.</summary>
    public async Task StartAsync(string? failPoint = null, string? shell = null)
    {
        Begin(failPoint, shell);
        if (!await IsReadyAsync())
        {
            throw new InvalidOperationException($"Weflux ended with code {_process!.ExitCode} before it was ready.{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Waits until the process is ready; false if it ended before.</summary>
    public async Task<bool> IsReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < Patience; await Task.Delay(50))
        {
            if (HasExited)
            {
                return false;
            }

            if (await StatusAsync(client, "/health/ready") == HttpStatusCode.OK)
            {
                return true;
            }
        }

        throw new TimeoutException($"Weflux did not become ready.{Environment.NewLine}{Output}");
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Whether the process stands still, as one does that was stopped.</summary>
    public bool IsStopped => File.ReadAllText($"/proc/{ProcessId}/stat").Split(") ")[^1].StartsWith('T');

    /// <summary>Lets a process that was stopped go on.</summary>
    public async Task ContinueAsync()
    {
        using var kill = Process.Start("kill", ["-CONT", $"{ProcessId}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the process killed itself.</summary>
    /// <returns>False if it lives on after all that time.</returns>
    public async Task<bool> DiesAsync(TimeSpan within)
    {
        using var deadline = new CancellationTokenSource(within);
        await _process!.WaitForExitAsync(deadline.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        return _process.HasExited;
    }

    /// <summary>Asks the process to end, as a service manager does.</summary>
    public async Task<(int ExitCode, TimeSpan Took)> TerminateAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", $"{ProcessId}"]))
        {
            await kill.WaitForExitAsync();
        }

        using var deadline = new CancellationTokenSource(Patience);
        await _process!.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, Stopwatch.GetElapsedTime(begun));
    }

    public static async Task<HttpStatusCode?> StatusAsync(HttpClient client, string path)
    {
        try
        {
            using var answer = await client.GetAsync(path);
            return answer.StatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Lets a process write no file longer than that, so that its disk looks full.</summary>
    public static async Task LimitFilesAsync(int processId, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{processId}", $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync();
        prlimit.ExitCode.Should().Be(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            Kill();
        }

        _process?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(DataDirectory))
        {
            Directory.Delete(DataDirectory, recursive: true);
        }

        await Task.CompletedTask;
    }

    /// <summary>A port that no outgoing connection is given meanwhile: the process is to get it again and again.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 30_000);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else has it.
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        while (_output.Count > 60)
        {
            _output.TryDequeue(out _);
        }
    }
}
