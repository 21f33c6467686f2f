using Microsoft.EntityFrameworkCore.Migrations;

namespace Weflux.Web.Data.Search;

/// <summary>
/// Gives messages that were stored before there was a search the words by which they are found, once, in the migration. What
/// is stored afterwards gets them from <see cref="Domain.Conversations.MessageContent.SearchText"/>, which must say the same.
/// </summary>
internal static class MessageWords
{
    /// <summary>Where each kind keeps its words. Kinds that are not here have none.</summary>
    private static readonly (string Kind, string[] Paths)[] Places =
    [
        ("text", ["body"]), ("image", ["caption"]), ("video", ["caption"]), ("document", ["caption", "fileName"]),
        ("location", ["name", "address"]), ("button_reply", ["title"]), ("list_reply", ["title"]), ("nfm_reply", ["body"]),
        ("button", ["label"]), ("order", ["note"]), ("template", ["renderedText"]), ("buttons", ["frame.body"]), ("list", ["frame.body"]),
        ("cta_url", ["frame.body"]), ("product_list", ["frame.body"]), ("location_request_message", ["body"]), ("product", ["body"]),
    ];

    public static void Fill(MigrationBuilder migration, bool isSqlite)
    {
        migration.Sql(isSqlite
            ? $"""UPDATE "Messages" SET "SearchText" = {OfSqlite("\"Content\"", "$")} WHERE "SearchText" = '';"""
            : $"UPDATE m SET [SearchText] = {OfSqlServer("m.[Content]", "$")} FROM [Messages] AS m WHERE m.[SearchText] = N'';");

        // Then what was done to them: the newest edit of the same side counts, and a withdrawal leaves nothing.
        migration.Sql(isSqlite
            ? $"""
              UPDATE "Messages" AS m SET "SearchText" = COALESCE((SELECT {OfSqlite("e.\"Content\"", "$.content")} FROM "Messages" e
                  WHERE e."WorkspaceId" = m."WorkspaceId" AND e."ConversationId" = m."ConversationId" AND e."TargetWhatsAppId" = m."WhatsAppId" AND e."Direction" = m."Direction"
                      AND json_extract(e."Content", '$.kind') = 'edit' AND json_extract(e."Content", '$.content.kind') <> 'unsupported' ORDER BY e."SaidAt" DESC, e."Sequence" DESC LIMIT 1), "SearchText")
              WHERE m."WhatsAppId" IN (SELECT "TargetWhatsAppId" FROM "Messages" WHERE "TargetWhatsAppId" IS NOT NULL AND json_extract("Content", '$.kind') = 'edit');
              """
            : $"""
              UPDATE m SET [SearchText] = COALESCE((SELECT TOP (1) {OfSqlServer("e.[Content]", "$.content")} FROM [Messages] AS e
                  WHERE e.[WorkspaceId] = m.[WorkspaceId] AND e.[ConversationId] = m.[ConversationId] AND e.[TargetWhatsAppId] = m.[WhatsAppId] AND e.[Direction] = m.[Direction]
                      AND JSON_VALUE(e.[Content], '$.kind') = N'edit' AND JSON_VALUE(e.[Content], '$.content.kind') <> N'unsupported' ORDER BY e.[SaidAt] DESC, e.[Sequence] DESC), m.[SearchText])
              FROM [Messages] AS m WHERE m.[WhatsAppId] IN (SELECT [TargetWhatsAppId] FROM [Messages] WHERE [TargetWhatsAppId] IS NOT NULL AND JSON_VALUE([Content], '$.kind') = N'edit');
              """);
        var (kind, like) = isSqlite ? ("json_extract(r.\"Content\", '$.kind')", "'revoke'") : ("JSON_VALUE(r.[Content], '$.kind')", "N'revoke'");
        migration.Sql($"""
            UPDATE "Messages" SET "SearchText" = '' WHERE "SearchText" <> '' AND EXISTS (SELECT 1 FROM "Messages" AS r
                WHERE r."WorkspaceId" = "Messages"."WorkspaceId" AND r."ConversationId" = "Messages"."ConversationId" AND r."TargetWhatsAppId" = "Messages"."WhatsAppId" AND r."Direction" = "Messages"."Direction" AND {kind} = {like})
            """);
    }

    private static string OfSqlite(string content, string root) => $"CASE json_extract({content}, '{root}.kind') {string.Concat(Places.Select(p =>
        $"WHEN '{p.Kind}' THEN trim({string.Join(" || char(10) || ", p.Paths.Select(path => $"COALESCE(json_extract({content}, '{root}.{path}'), '')"))}, char(10)) "))}"
        + $"WHEN 'contacts' THEN COALESCE((SELECT group_concat(json_extract(value, '$.name'), char(10)) FROM json_each({content}, '{root}.cards')), '') ELSE '' END";

    // JSON_VALUE gives nothing for what is longer than 4,000 characters, so the few that are stay without words.
    private static string OfSqlServer(string content, string root) => $"CASE JSON_VALUE({content}, '{root}.kind') {string.Concat(Places.Select(p =>
        $"WHEN N'{p.Kind}' THEN {string.Join(" + N' ' + ", p.Paths.Select(path => $"COALESCE(JSON_VALUE({content}, '{root}.{path}'), N'')"))} "))}"
        + $"WHEN N'contacts' THEN COALESCE((SELECT STRING_AGG(JSON_VALUE([value], '$.name'), N' ') FROM OPENJSON({content}, '{root}.cards')), N'') ELSE N'' END";
}
