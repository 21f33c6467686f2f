using Microsoft.EntityFrameworkCore.Migrations;

namespace Weflux.Web.Data.Search;

/// <summary>
/// The full-text index of SQLite: a table of FTS5 for each kind of text, without a copy of the text, kept by triggers. What is
/// taken out is taken out of the file, too. A row is in the index as long as its text is not empty.
/// </summary>
internal static class SqliteSearchIndex
{
    public const string Messages = "MessageSearch";
    public const string Notes = "NoteSearch";
    public const string ContactNotes = "ContactNoteSearch";

    /// <summary>Beginnings of so many letters are looked up like words; longer ones by these and then one by one.</summary>
    public const int LongestBeginning = 6;

    /// <summary>Shorter ones count as whole words.</summary>
    public const int ShortestBeginning = 3;

    private static readonly Source[] Sources =
    [
        new(Messages, "Messages", "SearchText", "ConversationId", "SaidAt"),
        new(Notes, "Notes", "Text", "ConversationId", "WrittenAt"),
        new(ContactNotes, "ContactNotes", "Text", "ContactId", "At"),
    ];

    /// <summary>Makes the index, fills it with what there is, and sets the triggers.</summary>
    public static void Create(MigrationBuilder migration)
    {
        foreach (var sql in Sources.SelectMany(Statements))
        {
            migration.Sql(sql);
        }
    }

    public static void Drop(MigrationBuilder migration)
    {
        foreach (var source in Sources)
        {
            foreach (var when in (string[])["Added", "Changed", "Gone"])
            {
                migration.Sql($"""DROP TRIGGER "{source.Index}{when}";""");
            }

            migration.Sql($"""DROP TABLE "{source.Index}";""");
        }
    }

    // Marks belong to letters: without them Indic words would fall apart. Old and new values must be those of the row when it was added, or the index breaks.
    private static IEnumerable<string> Statements(Source source)
    {
        var (index, table, text, place, at) = source;
        var columns = $"""(rowid, "text", "scope")""";
        var gone = $"""INSERT INTO "{index}" ("{index}", rowid, "text", "scope") SELECT 'delete', OLD."Id", OLD."{text}", {ScopeTokens.Sql("OLD", place, at)} WHERE OLD."{text}" <> '';""";
        var added = $"""INSERT INTO "{index}" {columns} SELECT NEW."Id", NEW."{text}", {ScopeTokens.Sql("NEW", place, at)} WHERE NEW."{text}" <> '';""";
        yield return $"""CREATE VIRTUAL TABLE "{index}" USING fts5("text", "scope", content='', columnsize=0, prefix='3 4 5 6', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'");""";
        yield return $"""INSERT INTO "{index}" ("{index}", rank) VALUES ('secure-delete', 1);""";
        yield return $"""INSERT INTO "{index}" {columns} SELECT t."Id", t."{text}", {ScopeTokens.Sql("t", place, at)} FROM "{table}" t WHERE t."{text}" <> '' ORDER BY t."Id";""";
        yield return $"""CREATE TRIGGER "{index}Added" AFTER INSERT ON "{table}" WHEN NEW."{text}" <> '' BEGIN {added} END;""";
        yield return $"""CREATE TRIGGER "{index}Gone" AFTER DELETE ON "{table}" WHEN OLD."{text}" <> '' BEGIN {gone} END;""";
        yield return $"""CREATE TRIGGER "{index}Changed" AFTER UPDATE OF "Id", "WorkspaceId", "{text}", "{place}", "{at}", "AuthorId" ON "{table}" BEGIN {gone} {added} END;""";
    }

    /// <param name="Index">The table of the index.</param>
    /// <param name="Table">The table whose rows are in it.</param>
    /// <param name="Text">The column with the words.</param>
    /// <param name="Place">The column that says where the row stands.</param>
    /// <param name="At">The column with the time.</param>
    private sealed record Source(string Index, string Table, string Text, string Place, string At);
}
