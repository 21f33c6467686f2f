using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SendTroubles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "SendTroubles",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConnectionId = table.Column<long>(type: "INTEGER", nullable: false),
                    AuthorId = table.Column<long>(type: "INTEGER", nullable: true),
                    Code = table.Column<int>(type: "INTEGER", nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SendTroubles", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_SendTroubles_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_SendTroubles_WorkspaceId_AuthorId_Code_ConnectionId_MessageId",
                table: "SendTroubles",
                columns: new[] { "WorkspaceId", "AuthorId", "Code", "ConnectionId", "MessageId" });

            migrationBuilder.CreateIndex(
                name: "IX_SendTroubles_WorkspaceId_Code_ConnectionId_MessageId",
                table: "SendTroubles",
                columns: new[] { "WorkspaceId", "Code", "ConnectionId", "MessageId" });

            migrationBuilder.CreateIndex(
                name: "IX_SendTroubles_WorkspaceId_ConversationId_MessageId",
                table: "SendTroubles",
                columns: new[] { "WorkspaceId", "ConversationId", "MessageId" });

            // What went wrong in the last thirty days and was not sent again waits for somebody from now on.
            migrationBuilder.Sql(
                """
                INSERT INTO "SendTroubles" ("MessageId", "WorkspaceId", "ConversationId", "ConnectionId", "AuthorId", "Code", "Since")
                SELECT m."Id", m."WorkspaceId", m."ConversationId", m."ConnectionId", m."AuthorId",
                    CASE WHEN m."Status" = 3 THEN -50 ELSE COALESCE(json_extract(m."Fault", '$.code'), -51) END,
                    COALESCE(m."StatusAt", m."SaidAt")
                FROM "Messages" AS m
                WHERE m."Direction" = 2 AND m."Origin" IN (1, 2, 3) AND m."Status" IN (3, 5)
                    AND m."SaidAt" > (CAST(strftime('%s', 'now', '-30 days') AS INTEGER) * 10000000) + 621355968000000000
                    AND NOT EXISTS (SELECT 1 FROM "Messages" AS r WHERE r."WorkspaceId" = m."WorkspaceId" AND r."ResendOfId" = m."Id");
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SendTroubles");
        }
    }
}
