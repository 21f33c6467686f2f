using Microsoft.Data.Sqlite;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Inbox;
using Weflux.Web.Sending;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Faults;

/// <summary>What the database says, read past Weflux.</summary>
internal sealed class Evidence(string databaseFile)
{
    public IReadOnlyList<(string WhatsAppId, string Phone)> Inbound() => Read(
        $"""
        SELECT m."WhatsAppId", i."Value" FROM "Messages" m
        JOIN "Conversations" c ON c."Id" = m."ConversationId"
        LEFT JOIN "ContactIdentities" i ON i."ContactId" = c."ContactId" AND i."Kind" = {(int)IdentityKind.WhatsAppId}
        WHERE m."Direction" = {(int)MessageDirection.In} AND m."WhatsAppId" LIKE 'wamid.in.%'
        """,
        row => (row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1)));

    /// <summary>Ids that more than one message has.</summary>
    public IReadOnlyList<string> DoubledIds() => Read(
        """SELECT "WhatsAppId" FROM "Messages" WHERE "WhatsAppId" IS NOT NULL GROUP BY "ConnectionId", "WhatsAppId" HAVING COUNT(*) > 1""",
        row => row.GetString(0));

    public long Messages() => Count("""SELECT COUNT(*) FROM "Messages" """);

    public long Pending() => Count($"""SELECT COUNT(*) FROM "WebhookDeliveries" WHERE "State" = {(int)WebhookDeliveryState.Pending}""");

    public long Parked() => Count($"""SELECT COUNT(*) FROM "WebhookDeliveries" WHERE "State" = {(int)WebhookDeliveryState.Parked}""");

    public long Deliveries() => Count("""SELECT COUNT(*) FROM "WebhookDeliveries" """);

    public long Outbox() => Count("""SELECT COUNT(*) FROM "OutboundMessages" """);

    public IReadOnlyList<(long Id, string Text, DeliveryStatus Status, string? WhatsAppId)> Answers() => Read(
        $"""SELECT "Id", json_extract("Content", '$.body'), "Status", "Content", "WhatsAppId" FROM "Messages" WHERE "Direction" = {(int)MessageDirection.Out}""",
        row => (row.GetInt64(0), row.IsDBNull(1) ? row.GetString(3) : row.GetString(1), (DeliveryStatus)row.GetInt32(2), row.IsDBNull(4) ? null : row.GetString(4)));

    /// <summary>Attempts after one that may have reached the customer: there must be none.</summary>
    public IReadOnlyList<string> ForbiddenAttempts() => Read(
        $"""
        SELECT later."MessageId" || ': ' || earlier."Outcome" || ' then ' || later."Outcome" FROM "SendAttempts" earlier
        JOIN "SendAttempts" later ON later."MessageId" = earlier."MessageId" AND later."Id" <> earlier."Id"
            AND (later."StartedAt" > earlier."StartedAt" OR (later."StartedAt" = earlier."StartedAt" AND later.rowid > earlier.rowid))
        WHERE earlier."Outcome" NOT IN ({(int)AttemptOutcome.RetryLater}, {(int)AttemptOutcome.NotSent})
        """,
        row => row.GetString(0));

    public IReadOnlyDictionary<string, (long MessageId, AttemptOutcome Outcome)> Attempts() => Read(
        """SELECT lower(replace("Id", '-', '')), "MessageId", "Outcome" FROM "SendAttempts" """,
        row => (Id: row.GetString(0), MessageId: row.GetInt64(1), Outcome: (AttemptOutcome)row.GetInt32(2)))
        .ToDictionary(a => a.Id, a => (a.MessageId, a.Outcome), StringComparer.Ordinal);

    public IReadOnlyList<(long Id, long Version)> Versions() => Read(
        """SELECT c."Id", c."Version" FROM "Conversations" c JOIN "Workspaces" w ON w."Id" = c."WorkspaceId" WHERE w."Slug" = 'demo' """,
        row => (row.GetInt64(0), row.GetInt64(1)));

    /// <summary>WhatsApp ids of people that more than one contact has, and people with more than one conversation on a number.</summary>
    public IReadOnlyList<string> DoubledPeople() =>
    [
        .. Read(
            $"""
            SELECT "Value" FROM "ContactIdentities" WHERE "Kind" = {(int)IdentityKind.WhatsAppId}
            GROUP BY "WorkspaceId", "Value" HAVING COUNT(DISTINCT "ContactId") > 1
            """,
            row => $"{row.GetString(0)} is more than one contact."),
        .. Read(
            """SELECT "ContactId" FROM "Conversations" GROUP BY "ContactId", "ConnectionId" HAVING COUNT(*) > 1""",
            row => $"Contact {row.GetInt64(0)} has more than one conversation on a number."),
    ];

    /// <summary>The list as the demo's admin has to see it, who never opened a conversation: the lines in their order.</summary>
    public IReadOnlyList<string> Lines() => Read(
        $"""
        SELECT c."Id", COALESCE(c."LastWhatsAppId", ''), c."NeedsReply", c."InboundCount", c."LastLine", c."LastDirection", c."LastStatus"
        FROM "Conversations" c JOIN "Workspaces" w ON w."Id" = c."WorkspaceId"
        WHERE w."Slug" = 'demo' AND c."State" = {(int)ConversationState.Open}
        ORDER BY c."NeedsReply" DESC, c."LastActivityAt" DESC, c."LastSequence" DESC, c."Id" DESC
        """,
        row => string.Join(
            " | ",
            row.GetInt64(0),
            row.GetString(1),
            row.GetBoolean(2) ? "true" : "false",
            row.GetInt64(3),
            row.GetString(4),
            row.GetInt32(5) == (int)MessageDirection.Out ? LineWords.Status((DeliveryStatus)row.GetInt32(6)) : ""));

    /// <summary>The bubbles of a thread, the oldest first.</summary>
    public IReadOnlyList<string> Bubbles(long conversation) => Read(
        $"""
        SELECT "Id", COALESCE("WhatsAppId", ''), "Direction", "Status", COALESCE(json_extract("Content", '$.body'), '') FROM "Messages"
        WHERE "ConversationId" = {conversation} ORDER BY "SaidAt", "Sequence"
        """,
        row =>
        {
            var (direction, status) = ((MessageDirection)row.GetInt32(2), (DeliveryStatus)row.GetInt32(3));
            return string.Join(
                " | ", row.GetInt64(0), row.GetString(1), direction.ToString().ToLowerInvariant(), status.ToString().ToLowerInvariant(), row.GetString(4), LineWords.Status(status));
        });

    /// <summary>The conversation with whoever has this WhatsApp id.</summary>
    public IReadOnlyList<long> ConversationsOf(string phone) => Read(
        $"""
        SELECT c."Id" FROM "Conversations" c JOIN "ContactIdentities" i ON i."ContactId" = c."ContactId"
        WHERE i."Kind" = {(int)IdentityKind.WhatsAppId} AND i."Value" LIKE '%{phone}'
        """,
        row => row.GetInt64(0));

    public string Integrity() => string.Join("; ", Read("PRAGMA integrity_check", row => row.GetString(0))
        .Concat(Read("PRAGMA foreign_key_check", row => $"foreign key of {row.GetString(0)}")));

    public long Count(string sql) => Read(sql, row => row.GetInt64(0)).Single();

    public IReadOnlyList<T> Read<T>(string sql, Func<SqliteDataReader, T> shape)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = databaseFile, Pooling = false, DefaultTimeout = 60 }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(shape(reader));
        }

        return rows;
    }
}
