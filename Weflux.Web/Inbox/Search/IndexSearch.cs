using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Data.Search;

namespace Weflux.Web.Inbox.Search;

/// <summary>A kind of text that is in the index.</summary>
/// <param name="Index">Its index in SQLite.</param>
/// <param name="Table">Its table.</param>
/// <param name="Text">The column with the words.</param>
/// <param name="Place">The column that says where the row stands.</param>
/// <param name="At">The column with the time.</param>
internal sealed record IndexedText(string Index, string Table, string Text, string Place, string At)
{
    public static IndexedText Messages { get; } = new(SqliteSearchIndex.Messages, "Messages", "SearchText", "ConversationId", "SaidAt");

    public static IndexedText Notes { get; } = new(SqliteSearchIndex.Notes, "Notes", "Text", "ConversationId", "WrittenAt");

    public static IndexedText ContactNotes { get; } = new(SqliteSearchIndex.ContactNotes, "ContactNotes", "Text", "ContactId", "At");
}

/// <summary>What the index is asked for.</summary>
/// <param name="Text">Which kind of text.</param>
/// <param name="Workspace">Whose.</param>
/// <param name="Terms">What must stand in it.</param>
/// <param name="Places">The conversations, or contacts, that count; null for all of the workspace.</param>
/// <param name="Author">Who wrote it; null for anybody.</param>
/// <param name="From">From when on.</param>
/// <param name="Until">Before when.</param>
/// <param name="Now">The time (UTC).</param>
internal sealed record IndexQuestion(
    IndexedText Text,
    WorkspaceId Workspace,
    SearchTerms Terms,
    IReadOnlyCollection<long>? Places,
    UserId? Author,
    DateTimeOffset? From,
    DateTimeOffset? Until,
    DateTimeOffset Now)
{
    // Nobody wrote on WhatsApp before.
    private static readonly DateTimeOffset Beginning = new(2009, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The numbers of rows of a stretch that fit, the newest first. The index alone is asked: what may be seen of it is another question.</summary>
    /// <param name="db">The database.</param>
    /// <param name="from">The lowest number.</param>
    /// <param name="before">Numbers below this.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<List<long>> AskAsync(WefluxDbContext db, long from, long before, int most, CancellationToken cancellationToken)
    {
        if (Places is { Count: 0 } || (From ?? Beginning) >= (Until ?? DateTimeOffset.MaxValue))
        {
            return [];
        }

        if (!db.Database.IsSqlite())
        {
            return await OfServer(db, from, before, most).ToListAsync(cancellationToken);
        }

        if (Scope() is null)
        {
            // Few in the whole file are few here, too: to step through all that this workspace has would cost more.
            var all = await OfFile(db, $"{{text}} : ({Terms.ForSqlite()})", from, before, most).ToListAsync(cancellationToken);
            if (all.Count < most)
            {
                return all;
            }
        }

        // Places are those of the workspace already; to step through all that it has would cost as much as it is large.
        var within = Places is null ? $"{{scope}} : \"{ScopeTokens.Workspace(Workspace)}\"" : null;
        var scope = string.Join(" AND ", new[] { within, Scope() }.OfType<string>());
        return await OfFile(db, $"{scope} AND {{text}} : ({Terms.ForSqlite()})", from, before, most).ToListAsync(cancellationToken);
    }

    private string? Scope()
    {
        var parts = new List<string>();
        if (Places is not null)
        {
            parts.Add(OneOf(Places.Select(ScopeTokens.Place)));
        }

        if (Author is { } author)
        {
            parts.Add(OneOf([ScopeTokens.Author(author)]));
        }

        if (From is not null || Until is not null)
        {
            parts.Add(OneOf(ScopeTokens.Between(From ?? Beginning, Until ?? Now)));
        }

        return parts.Count == 0 ? null : string.Join(" AND ", parts);
    }

    private static string OneOf(IEnumerable<string> tokens) => $"{{scope}} : ({string.Join(" OR ", tokens.Select(t => $"\"{t}\""))})";

    // Only names of our own tables and columns stand in the statements; what people typed is a parameter.
    private IQueryable<long> OfFile(WefluxDbContext db, string match, long from, long before, int most)
    {
        var sql = $$"""SELECT rowid AS "Value" FROM "{{Text.Index}}" WHERE "{{Text.Index}}" MATCH {0} AND rowid < {1} AND rowid >= {2} ORDER BY rowid DESC LIMIT {3}""";
        return db.Database.SqlQueryRaw<long>(sql, match, before, from, most);
    }

    private IQueryable<long> OfServer(WefluxDbContext db, long from, long before, int most)
    {
        var values = new List<object> { most, Workspace.Value, before, from, Terms.ForSqlServer(), From ?? DateTimeOffset.MinValue, Until ?? DateTimeOffset.MaxValue };
        var more = "";
        if (Author is { } author)
        {
            more += $" AND t.[AuthorId] = {{{values.Count}}}";
            values.Add(author.Value);
        }

        if (Places is not null)
        {
            more += $" AND t.[{Text.Place}] IN (SELECT CAST([value] AS bigint) FROM OPENJSON({{{values.Count}}}))";
            values.Add(JsonSerializer.Serialize(Places));
        }

        var sql =
            $$"""
            SELECT TOP ({0}) t.[Id] AS [Value] FROM [{{Text.Table}}] AS t
            WHERE t.[WorkspaceId] = {1} AND t.[Id] < {2} AND t.[Id] >= {3} AND CONTAINS(t.[{{Text.Text}}], {4}) AND t.[{{Text.At}}] >= {5} AND t.[{{Text.At}}] < {6}{{more}}
            ORDER BY t.[Id] DESC
            """;
        return db.Database.SqlQueryRaw<long>(sql, [.. values]);
    }
}
