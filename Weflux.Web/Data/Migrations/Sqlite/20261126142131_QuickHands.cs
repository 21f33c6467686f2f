using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class QuickHands : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "KnownSequence",
                table: "Drafts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "CannedReplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: true),
                    Shortcut = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ShortcutKey = table.Column<string>(type: "TEXT", maxLength: 160, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4096, nullable: false),
                    UseCount = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CannedReplies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplyFiles",
                columns: table => new
                {
                    ReplyId = table.Column<long>(type: "INTEGER", nullable: false),
                    FileId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReplyFiles", x => new { x.ReplyId, x.FileId });
                    table.ForeignKey(
                        name: "FK_ReplyFiles_CannedReplies_ReplyId",
                        column: x => x.ReplyId,
                        principalTable: "CannedReplies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ReplyFiles_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_WorkspaceId_UserId_UpdatedAt",
                table: "Drafts",
                columns: new[] { "WorkspaceId", "UserId", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_CannedReplies_WorkspaceId_OwnerId_ShortcutKey",
                table: "CannedReplies",
                columns: new[] { "WorkspaceId", "OwnerId", "ShortcutKey" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplyFiles_FileId",
                table: "ReplyFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_ReplyFiles_WorkspaceId_FileId",
                table: "ReplyFiles",
                columns: new[] { "WorkspaceId", "FileId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplyFiles_WorkspaceId_ReplyId",
                table: "ReplyFiles",
                columns: new[] { "WorkspaceId", "ReplyId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReplyFiles");

            migrationBuilder.DropTable(
                name: "CannedReplies");

            migrationBuilder.DropIndex(
                name: "IX_Drafts_WorkspaceId_UserId_UpdatedAt",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "KnownSequence",
                table: "Drafts");
        }
    }
}
