using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Weflux.Web.Team.Deletion;

/// <summary>The tables that hold rows of a workspace, as the model knows them: a new one is erased without being listed anywhere.</summary>
internal static class WorkspaceTables
{
    // A message takes its words out of the index with it, which costs several times what the row does.
    public const int BatchLength = 100;
    private const string Key = "WorkspaceId";

    // By these people of other programs and other nodes get in, so they go before everything else.
    private static readonly string[] First = ["ApiKeys", "Invitations", "Lanes"];

    /// <summary>What is deleted together with the workspace, in this order.</summary>
    public static IReadOnlyList<string> Last { get; } = ["Memberships", "WorkspaceCounters"];

    /// <summary>Every other table, those that refer to others before those that they refer to.</summary>
    public static IReadOnlyList<string> InOrderOfDeletion(IModel model)
    {
        var types = model.GetEntityTypes().Where(t => !t.IsOwned() && t.FindProperty(Key) is not null).ToList();
        var sorted = new List<IEntityType>();
        foreach (var type in types.OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
        {
            Visit(type);
        }

        var tables = sorted.ConvertAll(t => t.GetTableName()!);
        return [.. First.Where(tables.Contains), .. tables.Except(First).Except(Last)];

        void Visit(IEntityType type)
        {
            if (sorted.Contains(type))
            {
                return;
            }

            foreach (var dependent in types.Where(t => t != type && t.GetForeignKeys().Any(f => f.PrincipalEntityType == type)))
            {
                Visit(dependent);
            }

            sorted.Add(type);
        }
    }

    /// <summary>Deletes at most <see cref="BatchLength"/> rows, so that nobody waits long for the turn to write.</summary>
    public static string DeleteSome(string table, bool isSqlite) => isSqlite
        ? $"""DELETE FROM "{table}" WHERE rowid IN (SELECT rowid FROM "{table}" WHERE "{Key}" = @workspace LIMIT {BatchLength})"""
        : $"""DELETE TOP ({BatchLength}) FROM "{table}" WHERE "{Key}" = @workspace""";

    public static string DeleteAll(string table) => $"""DELETE FROM "{table}" WHERE "{Key}" = @workspace""";
}
