using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Weflux.Web.Data;

/// <summary>
/// Places around a commit at which a test can have the process killed, as a power cut would:
/// <c>WEFLUX_FAIL_POINT=name</c>, or <c>name:3</c> for the third time that the place is passed. With <c>name:3:stop</c> it
/// is stopped instead, as by a machine that stands still, until somebody lets it go on; that can be had at
/// <see cref="AttemptCommitted"/> alone. Never in Production.
/// </summary>
public static class FailPoint
{
    public const string Variable = "WEFLUX_FAIL_POINT";

    public const string JournalBeforeCommit = "journal-before-commit";
    public const string JournalCommitted = "journal-committed";
    public const string SliceInTheMiddle = "slice-in-the-middle";
    public const string SliceCommitted = "slice-committed";
    public const string AttemptCommitted = "attempt-committed";
    public const string CallWritten = "call-written";
    public const string CallAnswered = "call-answered";
    public const string EventAnswered = "event-answered";
    public const string MigrationInTheMiddle = "migration-in-the-middle";

    private static string? _name;
    private static int _left;
    private static bool _stops;

    public static bool IsArmed => _name is not null;

    /// <summary>Reads the variable, once, at start.</summary>
    /// <exception cref="StartupRefusedException">It is set in Production, or asks for what there is not.</exception>
    public static void Arm(bool isProduction)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } given)
        {
            return;
        }

        if (isProduction)
        {
            throw new StartupRefusedException($"{Variable} is set, which kills Weflux on purpose. It is for tests; remove it.");
        }

        var parts = given.Split(':');
        _left = parts.Length > 1 && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var nth) ? nth : 1;
        _stops = parts.Length > 2 && string.Equals(parts[2], "stop", StringComparison.Ordinal);
        _name = parts[0];
        if (_stops && !string.Equals(_name, AttemptCommitted, StringComparison.Ordinal))
        {
            throw new StartupRefusedException($"{Variable} can stop Weflux at {AttemptCommitted} alone. Leave out ':stop' to have it killed elsewhere.");
        }
    }

    /// <summary>Dies here if this is the place and the time.</summary>
    public static void Pass(string name)
    {
        if (IsHere(name))
        {
            Die();
        }
    }

    /// <summary>
    /// Dies or stops here if this is the place and the time. It stops when it is its turn to write: another process could
    /// not even start while a transaction of this one stands still.
    /// </summary>
    public static async Task PassAsync(string name, WriteGate gate)
    {
        if (!IsHere(name))
        {
            return;
        }

        if (!_stops)
        {
            Die();
        }

        using var turn = await gate.EnterAsync(WritePriority.Work, CancellationToken.None);
        using var stop = Process.Start("kill", ["-STOP", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await stop.WaitForExitAsync();
    }

    private static bool IsHere(string name) =>
        _name is not null && string.Equals(_name, name, StringComparison.Ordinal) && Interlocked.Decrement(ref _left) == 0;

    /// <summary>Not an orderly end: nothing is flushed, released or said.</summary>
    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>Passes the place in the middle of a migration, once for each table that it makes.</summary>
    internal sealed class InMigrations : DbCommandInterceptor
    {
        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("CREATE TABLE", StringComparison.Ordinal))
            {
                Pass(MigrationInTheMiddle);
            }

            return base.NonQueryExecutedAsync(command, eventData, result, cancellationToken);
        }
    }
}
