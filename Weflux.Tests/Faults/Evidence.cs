using Microsoft.Data.Sqlite;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
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

    public IReadOnlyList<(string Text, DeliveryStatus Status)> Answers() => Read(
        $"""SELECT json_extract("Content", '$.body'), "Status", "Content" FROM "Messages" WHERE "Direction" = {(int)MessageDirection.Out}""",
        row => (row.IsDBNull(0) ? row.GetString(2) : row.GetString(0), (DeliveryStatus)row.GetInt32(1)));

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

    /// <summary>What each line of the list has to show: the id of the last message.</summary>
    public IReadOnlyDictionary<string, string> LastWhatsAppIds() => Read(
        """SELECT "Id", COALESCE("LastWhatsAppId", '') FROM "Conversations" """, row => (Id: row.GetString(0), Last: row.GetString(1)))
        .ToDictionary(r => r.Id, r => r.Last, StringComparer.Ordinal);

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
