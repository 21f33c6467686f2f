using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weflux.Tests.Support;

/// <summary>Everything that a host logs, down to the least, for tests of what must not stand there.</summary>
public sealed class HostLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Takes the place of the host's own logs.</summary>
    public void Capture(WefluxHostOptions options)
    {
        foreach (var category in (string[])["Default", "Microsoft", "Microsoft.Hosting.Lifetime"])
        {
            options.Settings[$"Logging:LogLevel:{category}"] = "Debug";
        }

        options.Services += services => services.AddLogging(logging => logging.ClearProviders().AddProvider(this));
    }

    public ILogger CreateLogger(string categoryName) => new Listener(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Listener(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
