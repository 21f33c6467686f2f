namespace Weflux.Web.Operations;

/// <summary>
/// Something that an operator does from the command line instead of starting the server: <c>Weflux.Web verify-audit</c>.
/// The settings are checked when it runs, and the database has the schema of this version: a command changes neither the
/// schema nor the demo, because a server may be running.
/// </summary>
public interface ICommand
{
    /// <summary>What to type.</summary>
    string Name { get; }

    /// <summary>What it does, in one line.</summary>
    string Help { get; }

    /// <returns>The exit code: 0 if all is well.</returns>
    Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, CancellationToken cancellationToken);
}

internal static class Commands
{
    /// <summary>
    /// What of the arguments belongs into the configuration. Beside a command only what has an equals sign: a switch of the
    /// command would swallow the setting after it.
    /// </summary>
    public static string[] Settings(string[] arguments) => Names(arguments) is null ? arguments : [.. arguments.Where(IsSetting)];

    /// <summary>What the command itself gets.</summary>
    public static string[] Own(string[] arguments) => [.. arguments.Skip(1).Where(a => !IsSetting(a))];

    /// <summary>The command that the arguments name; null if they name none, which starts the server.</summary>
    /// <exception cref="Data.StartupRefusedException">There is no such command.</exception>
    public static ICommand? FindCommand(this WebApplication app, string[] arguments)
    {
        if (Names(arguments) is not { } name)
        {
            return null;
        }

        var all = app.Services.GetServices<ICommand>().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        return all.Find(c => string.Equals(c.Name, name, StringComparison.Ordinal)) ?? throw new Data.StartupRefusedException(
            $"There is no command '{name}'. {string.Join(' ', all.Select(c => $"{c.Name}: {c.Help}"))}");
    }

    private static string? Names(string[] arguments) =>
        arguments is [var name, ..] && !name.StartsWith('-') && !name.Contains('=', StringComparison.Ordinal) ? name : null;

    private static bool IsSetting(string argument) =>
        argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal);
}
