using Microsoft.Data.Sqlite;

namespace Weflux.Benchmarks.Crowd;

/// <summary>The same answers by SQL that somebody wrote for just this question, over one connection that stays open.</summary>
internal sealed class ByHand(SqliteConnection connection, long workspace) : IAsyncDisposable
{
    private const string Row = """
        SELECT c.Id, c.Version, c.State, c.SnoozedUntil, c.AssigneeId, c.LastCustomerActAt, c.NeedsReply, c.LastActivityAt, c.LastSequence, c.LastWhatsAppId, c.LastKind,
            c.LastLine, c.LastDirection, c.LastStatus, c.InboundCount, p.ProfileName, p.GivenName, p.Username, p.PhoneDigits, p.BlockedAt, n.Name,
            (SELECT r.InboundCount FROM ReadCursors r WHERE r.WorkspaceId = c.WorkspaceId AND r.UserId = $me AND r.ConversationId = c.Id),
            (SELECT d.Text FROM Drafts d WHERE d.WorkspaceId = c.WorkspaceId AND d.ConversationId = c.Id AND d.UserId = $me),
            (SELECT group_concat(l.LabelId) FROM ConversationLabels l WHERE l.WorkspaceId = c.WorkspaceId AND l.ConversationId = c.Id)
        FROM Conversations c JOIN Contacts p ON p.Id = c.ContactId JOIN Connections n ON n.Id = c.ConnectionId
        """;

    public static async Task<ByHand> OpenAsync(string file, long workspace)
    {
        var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly");
        await connection.OpenAsync();
        return new ByHand(connection, workspace);
    }

    public Task<int> ListAsync(long me, long? holder, long before) => ReadAsync(
        $"{Row} WHERE c.WorkspaceId = $ws{(holder is null ? "" : " AND c.AssigneeId = $holder")} AND c.State = 1 AND c.LastActivityAt < $before ORDER BY c.LastActivityAt DESC, c.LastSequence DESC LIMIT 26",
        ("$me", me), ("$holder", holder), ("$before", before));

    public Task<int> CountsAsync(long me, long? holder, long closing, long shut)
    {
        var whose = holder is null ? "" : " AND AssigneeId = $holder";
        return ReadAsync(
            $"""
            SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM Conversations WHERE WorkspaceId = $ws{whose} AND State = 1 LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT 1 FROM Conversations WHERE WorkspaceId = $ws AND AssigneeId = $me AND State = 1 LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT 1 FROM Conversations WHERE WorkspaceId = $ws AND AssigneeId IS NULL AND State = 1 LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT 1 FROM Conversations WHERE WorkspaceId = $ws{whose} AND State = 1 AND WaitingSince IS NOT NULL LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT 1 FROM Conversations WHERE WorkspaceId = $ws{whose} AND SnoozedUntil IS NOT NULL LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT 1 FROM Conversations WHERE WorkspaceId = $ws{whose} AND State = 1 AND NeedsReply = 1 AND LastCustomerActAt BETWEEN $shut AND $closing LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT 1 FROM NoteMentions WHERE WorkspaceId = $ws AND UserId = $me AND IsSeen = 0 LIMIT 1000)),
                (SELECT COUNT(*) FROM (SELECT DISTINCT ConversationId FROM SendTroubles WHERE WorkspaceId = $ws LIMIT 1000))
            """,
            ("$me", me), ("$holder", holder), ("$closing", closing), ("$shut", shut));
    }

    public async Task<int> ThreadAsync(long me, long conversation) =>
        await ReadAsync($"{Row} WHERE c.Id = $id AND c.WorkspaceId = $ws", ("$me", me), ("$id", conversation)) + await OlderAsync(conversation, long.MaxValue);

    public Task<int> OlderAsync(long conversation, long before) => ReadAsync(
        "SELECT * FROM Messages WHERE WorkspaceId = $ws AND ConversationId = $id AND SaidAt < $before ORDER BY SaidAt DESC, Sequence DESC LIMIT 51",
        ("$id", conversation), ("$before", before));

    public Task<int> ContactsAsync(string after) => ReadAsync(
        """
        SELECT p.*, s.Name, (SELECT COUNT(*) FROM Conversations c WHERE c.WorkspaceId = p.WorkspaceId AND c.ContactId = p.Id AND c.State = 1),
            (SELECT group_concat(t.Tag) FROM ContactTags t WHERE t.WorkspaceId = p.WorkspaceId AND t.ContactId = p.Id)
        FROM Contacts p LEFT JOIN LifecycleStages s ON s.Id = p.StageId WHERE p.WorkspaceId = $ws AND p.SortName > $after ORDER BY p.SortName, p.Id LIMIT 51
        """,
        ("$after", after));

    /// <summary>Contacts, notes and messages with a word, the newest first.</summary>
    /// <param name="holder">Whose conversations count; null for all of the workspace.</param>
    /// <param name="word">The word, which may go on.</param>
    public async Task<int> SearchAsync(long? holder, string word)
    {
        var scope = holder is null
            ? "'{scope} : \"' || char(57344 + $ws / 4000 % 4000, 57344 + $ws % 4000) || '\"'"
            : "(SELECT '{scope} : (' || group_concat('\"' || char(983040 + Id / 65000 % 65000, 983040 + Id % 65000) || '\"', ' OR ') || ')' FROM Conversations WHERE WorkspaceId = $ws AND AssigneeId = $holder)";
        var match = $"{scope} || ' AND {{text}} : (\"' || $word || '\" *)'";
        var whose = holder is null ? "" : " AND c.AssigneeId = $holder";
        (string, object?)[] values = [("$holder", holder), ("$word", word), ("$next", word + "\uFFFF")];
        return await ReadAsync(
            $"""
            SELECT p.*, c.Id FROM ContactWords w JOIN Contacts p ON p.Id = w.ContactId JOIN Conversations c ON c.WorkspaceId = w.WorkspaceId AND c.ContactId = p.Id{whose}
            WHERE w.WorkspaceId = $ws AND w.Word >= $word AND w.Word < $next ORDER BY p.LastSeenAt DESC LIMIT 6
            """,
            values)
            + await ReadAsync(
                $"""
                SELECT n.*, p.ProfileName FROM NoteSearch s CROSS JOIN Notes n ON n.Id = s.rowid CROSS JOIN Conversations c ON c.Id = n.ConversationId{whose} CROSS JOIN Contacts p ON p.Id = c.ContactId
                WHERE s.NoteSearch MATCH {match} AND n.WorkspaceId = $ws ORDER BY s.rowid DESC LIMIT 6
                """,
                values)
            + await ReadAsync(
                $"""
                SELECT m.*, c.State, p.ProfileName, p.GivenName FROM MessageSearch s CROSS JOIN Messages m ON m.Id = s.rowid CROSS JOIN Conversations c ON c.Id = m.ConversationId{whose} CROSS JOIN Contacts p ON p.Id = c.ContactId
                WHERE s.MessageSearch MATCH {match} AND m.WorkspaceId = $ws ORDER BY s.rowid DESC LIMIT 21
                """,
                values);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Reads every value, as whoever shows it must.</summary>
    private async Task<int> ReadAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$ws", workspace);
        foreach (var (name, value) in values)
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            }
        }

        await using var reader = await command.ExecuteReaderAsync();
        var row = new object[reader.FieldCount];
        var count = 0;
        while (await reader.ReadAsync())
        {
            reader.GetValues(row);
            count++;
        }

        return count;
    }
}
