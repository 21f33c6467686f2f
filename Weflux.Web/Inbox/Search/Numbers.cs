using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox.Search;

/// <summary>Numbers of rows that lead a question, each row following by its key. Asked whether a key is among them, SQLite would go through a workspace.</summary>
internal static class Numbers
{
    public static IQueryable<long> Of(WefluxDbContext db, IReadOnlyCollection<long> ids)
    {
        var list = JsonSerializer.Serialize(ids);
        return db.Database.IsSqlite()
            ? db.Database.SqlQuery<long>($"""SELECT "value" AS "Value" FROM json_each({list})""")
            : db.Database.SqlQuery<long>($"SELECT CAST([value] AS bigint) AS [Value] FROM OPENJSON({list})");
    }
}
