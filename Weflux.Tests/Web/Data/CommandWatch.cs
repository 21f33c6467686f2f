using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weflux.Tests.Web.Data;

/// <summary>Sees every command that goes to one sandbox's file, whoever sends it.</summary>
internal sealed class CommandWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Sandbox _sandbox;
    private readonly List<SeenCommand> _commands = [];
    private readonly List<IDisposable> _subscriptions = [];

    public CommandWatch(Sandbox sandbox)
    {
        _sandbox = sandbox;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyList<SeenCommand> Commands
    {
        get
        {
            lock (_lock)
            {
                return [.. _commands];
            }
        }
    }

    /// <summary>What SQLite does for a command, one line for each step.</summary>
    public IReadOnlyList<string> Plan(SeenCommand command)
    {
        using var connection = _sandbox.Raw();
        using var explain = connection.CreateCommand();
        explain.CommandText = $"EXPLAIN QUERY PLAN {command.Sql}";
        foreach (var (name, value) in command.Parameters)
        {
            explain.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        using var reader = explain.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _subscriptions.ForEach(s => s.Dispose());
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore")
        {
            lock (_lock)
            {
                _subscriptions.Add(value.Subscribe(this));
            }
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData { Command: { } command } && IsOurs(command))
        {
            var seen = new SeenCommand(
                command.CommandText, [.. command.Parameters.Cast<SqliteParameter>().Select(p => (p.ParameterName, p.Value))]);
            lock (_lock)
            {
                _commands.Add(seen);
            }
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private bool IsOurs(DbCommand command) =>
        command.Connection is SqliteConnection connection && connection.ConnectionString == _sandbox.Database.ConnectionString;
}

internal sealed record SeenCommand(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);
