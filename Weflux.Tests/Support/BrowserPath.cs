using System.ComponentModel;
using System.Diagnostics;

namespace Weflux.Tests.Support;

/// <summary>
/// The Chromium that the journeys drive: the one that <c>CHROMIUM_PATH</c> names, else one that is installed, else
/// Playwright's own, which is downloaded if it is not there yet.
/// </summary>
public static class BrowserPath
{
    private const string Variable = "CHROMIUM_PATH";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly Lazy<Task<string?>> Resolved = new(FindOrInstallAsync);

    /// <summary>What to give to Playwright as <c>ExecutablePath</c>; null for Playwright's own. Found once for all tests.</summary>
    public static Task<string?> ResolveAsync() => Resolved.Value;

    private static async Task<string?> FindOrInstallAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw new FileNotFoundException($"{Variable} names '{named}', which is not there.");
        }

        foreach (var path in Installed())
        {
            if (await RunsAsync(path))
            {
                return path;
            }
        }

        await Task.Run(InstallOwn);
        return null;
    }

    private static IEnumerable<string> Installed() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        from name in Names
        let path = Path.Combine(folder, name)
        where File.Exists(path)
        select path;

    /// <summary>A file of that name proves little: on some systems it only says that the browser is to be had elsewhere.</summary>
    private static async Task<bool> RunsAsync(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, "--version")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var ending = new CancellationTokenSource(Patience);
            try
            {
                await process.WaitForExitAsync(ending.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return false;
            }

            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private static void InstallOwn()
    {
        // The libraries that the browser needs come from the system's packages, which only root may install.
        string[] arguments = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            ? ["install", "--with-deps", "chromium"]
            : ["install", "chromium"];
        var code = Microsoft.Playwright.Program.Main(arguments);
        if (code != 0)
        {
            throw new InvalidOperationException($"Playwright could not install its Chromium (code {code}). Install one, or name one in {Variable}.");
        }
    }
}
