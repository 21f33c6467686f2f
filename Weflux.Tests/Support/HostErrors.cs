using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Weflux.Tests.Support;

/// <summary>What a host logs as an error, for tests in which none may happen.</summary>
public sealed class HostErrors : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();

    public IReadOnlyCollection<string> All => _errors;

    public void Forgive() => _errors.Clear();

    public ILogger CreateLogger(string categoryName) => new Listener(categoryName, _errors);

    public void Dispose()
    {
    }

    private sealed class Listener(string category, ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue($"{category}: {formatter(state, exception)} {exception}");
            }
        }
    }
}
