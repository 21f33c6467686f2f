using Microsoft.EntityFrameworkCore.Migrations;

namespace Weflux.Web.Inbox.Views;

/// <summary>Since when customers wait whose conversations were there before that was kept.</summary>
internal static class WaitingSinceMigration
{
    // Written out, because a migration stays as it is: 0 is the customer; 1, 3 and 4 are a person, a program and the phone;
    // 4 and 8 of what happened are that it was closed and that no reply was needed.
    internal const string Fill = """
        UPDATE "Conversations" SET "WaitingSince" = COALESCE(
            (SELECT MIN(m."SaidAt") FROM "Messages" AS m
                WHERE m."WorkspaceId" = "Conversations"."WorkspaceId" AND m."ConversationId" = "Conversations"."Id" AND m."Origin" = 0
                    AND NOT EXISTS (SELECT 1 FROM "Messages" AS o
                        WHERE o."WorkspaceId" = m."WorkspaceId" AND o."ConversationId" = m."ConversationId" AND o."Origin" IN (1, 3, 4) AND o."SaidAt" >= m."SaidAt")
                    AND NOT EXISTS (SELECT 1 FROM "ConversationEvents" AS e
                        WHERE e."WorkspaceId" = m."WorkspaceId" AND e."ConversationId" = m."ConversationId" AND e."Kind" IN (4, 8) AND e."At" >= m."SaidAt")),
            "LastActivityAt")
        WHERE "NeedsReply" = 1;
        """;

    public static void Add(MigrationBuilder migration) => migration.Sql(Fill);
}
