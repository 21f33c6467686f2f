using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Together : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Participants",
                table: "Conversations",
                type: "TEXT",
                maxLength: 800,
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "NoteFiles",
                columns: table => new
                {
                    NoteId = table.Column<long>(type: "INTEGER", nullable: false),
                    FileId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoteFiles", x => new { x.NoteId, x.FileId });
                    table.ForeignKey(
                        name: "FK_NoteFiles_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_NoteFiles_Notes_NoteId",
                        column: x => x.NoteId,
                        principalTable: "Notes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Participations",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    AddedById = table.Column<long>(type: "INTEGER", nullable: true),
                    AddedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Participations", x => new { x.WorkspaceId, x.UserId, x.ConversationId });
                    table.ForeignKey(
                        name: "FK_Participations_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NoteFiles_FileId",
                table: "NoteFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_NoteFiles_WorkspaceId_FileId",
                table: "NoteFiles",
                columns: new[] { "WorkspaceId", "FileId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NoteFiles_WorkspaceId_NoteId",
                table: "NoteFiles",
                columns: new[] { "WorkspaceId", "NoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_Participations_ConversationId",
                table: "Participations",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_Participations_WorkspaceId_ConversationId_UserId",
                table: "Participations",
                columns: new[] { "WorkspaceId", "ConversationId", "UserId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "NoteFiles");

            migrationBuilder.DropTable(
                name: "Participations");

            migrationBuilder.DropColumn(
                name: "Participants",
                table: "Conversations");
        }
    }
}
