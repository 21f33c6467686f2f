using Microsoft.Data.Sqlite;
using Weflux.Tests.Web.Data;

namespace Weflux.Tests.Support;

/// <summary>A database with the schema of the day and nothing in it, made once and copied: making one takes longer than most tests.</summary>
internal static class FreshDatabase
{
    private static readonly Lazy<string> Template = new(MakeTemplate);

    /// <summary>Puts it into a data directory, unless one is there.</summary>
    public static void PutInto(string directory)
    {
        var file = Path.Combine(directory, "weflux.db");
        if (!File.Exists(file))
        {
            File.Copy(Template.Value, file);
        }
    }

    private static string MakeTemplate()
    {
        using var first = new Sandbox(isMigrated: false);
        first.Migration().RunAsync(CancellationToken.None).GetAwaiter().GetResult();
        first.Scalar("PRAGMA wal_checkpoint(TRUNCATE);");
        var template = Path.Combine(Directory.CreateTempSubdirectory("weflux-template-").FullName, "weflux.db");
        using (var pooled = new SqliteConnection(first.Database.ConnectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        File.Copy(first.DatabaseFile, template);
        return template;
    }
}
