using System.Diagnostics;

namespace Weflux.Tests.Support;

/// <summary>The program as a process of its own, for what only a process shows: its exit code and what it prints.</summary>
public static class WefluxProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Task<(int ExitCode, string Errors)> RunAsync(string environment, params (string Key, string Value)[] settings) =>
        RunAsync(environment, [], settings);

    /// <summary>The same with a command in front, such as <c>verify-audit</c>.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(string environment, IReadOnlyList<string> command, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("weflux-");
        try
        {
            var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Weflux.Web.dll"));
            foreach (var word in command)
            {
                start.ArgumentList.Add(word);
            }

            start.ArgumentList.Add("--urls=http://127.0.0.1:0");
            start.ArgumentList.Add($"--environment={environment}");
            start.ArgumentList.Add($"--Weflux:DataDirectory={folder.FullName}");
            foreach (var (key, value) in settings)
            {
                start.ArgumentList.Add($"--{key}={value}");
            }

            using var process = Process.Start(start)!;
            using var deadline = new CancellationTokenSource(Patience);
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
                var errors = await process.StandardError.ReadToEndAsync(deadline.Token);
                await output;
                await process.WaitForExitAsync(deadline.Token);
                return (process.ExitCode, errors);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
