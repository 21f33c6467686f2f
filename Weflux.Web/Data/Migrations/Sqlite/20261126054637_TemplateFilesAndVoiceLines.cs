using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TemplateFilesAndVoiceLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // A message can have several files now. A new table and not a new key for the old one: SQLite would have to
            // switch its foreign keys off for that, which it cannot do within a transaction.
            migrationBuilder.CreateTable(
                name: "MessageFileLinks",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    FileId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageFileLinks", x => new { x.MessageId, x.FileId });
                    table.ForeignKey(
                        name: "FK_MessageFileLinks_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_MessageFileLinks_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "MessageFileLinks" ("MessageId", "FileId", "WorkspaceId")
                    SELECT "MessageId", "FileId", "WorkspaceId" FROM "MessageFiles"
                """);

            migrationBuilder.DropTable(
                name: "MessageFiles");

            migrationBuilder.CreateIndex(
                name: "IX_MessageFileLinks_FileId",
                table: "MessageFileLinks",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_MessageFileLinks_WorkspaceId_FileId",
                table: "MessageFileLinks",
                columns: new[] { "WorkspaceId", "FileId" });

            // The list tells a voice note from a sound file now.
            migrationBuilder.Sql(
                """
                UPDATE "Conversations" SET "LastKind" = 'voice' WHERE "LastKind" = 'audio' AND EXISTS (
                    SELECT 1 FROM "Messages" WHERE "Messages"."ConversationId" = "Conversations"."Id"
                    AND "Messages"."Sequence" = "Conversations"."LastSequence" AND "Messages"."Content" LIKE '%"isVoice":true%')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "MessageFiles",
                columns: table => new
                {
                    MessageId = table.Column<long>(type: "INTEGER", nullable: false),
                    FileId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MessageFiles", x => x.MessageId);
                    table.ForeignKey(
                        name: "FK_MessageFiles_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_MessageFiles_Messages_MessageId",
                        column: x => x.MessageId,
                        principalTable: "Messages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.Sql(
                """
                INSERT INTO "MessageFiles" ("MessageId", "FileId", "WorkspaceId")
                    SELECT "MessageId", MIN("FileId"), MIN("WorkspaceId") FROM "MessageFileLinks" GROUP BY "MessageId"
                """);

            migrationBuilder.DropTable(
                name: "MessageFileLinks");

            migrationBuilder.CreateIndex(
                name: "IX_MessageFiles_FileId",
                table: "MessageFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_MessageFiles_WorkspaceId_FileId",
                table: "MessageFiles",
                columns: new[] { "WorkspaceId", "FileId" });

            migrationBuilder.Sql(
                """
                UPDATE "Conversations" SET "LastKind" = 'audio' WHERE "LastKind" = 'voice'
                """);
        }
    }
}
