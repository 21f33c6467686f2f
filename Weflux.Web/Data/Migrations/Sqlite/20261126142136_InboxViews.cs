using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class InboxViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_NoteMentions_WorkspaceId_UserId_NoteId",
                table: "NoteMentions");

            migrationBuilder.AddColumn<bool>(
                name: "IsSeen",
                table: "NoteMentions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Audience = table.Column<int>(type: "INTEGER", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    View = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NoteMentions_WorkspaceId_UserId_IsSeen_NoteId",
                table: "NoteMentions",
                columns: new[] { "WorkspaceId", "UserId", "IsSeen", "NoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "SnoozedUntil", "Id" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastCustomerActAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "SnoozedUntil", "Id" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastCustomerActAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_WorkspaceId_Audience",
                table: "SavedViews",
                columns: new[] { "WorkspaceId", "Audience" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_WorkspaceId_OwnerId",
                table: "SavedViews",
                columns: new[] { "WorkspaceId", "OwnerId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropIndex(
                name: "IX_NoteMentions_WorkspaceId_UserId_IsSeen_NoteId",
                table: "NoteMentions");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "IsSeen",
                table: "NoteMentions");

            migrationBuilder.CreateIndex(
                name: "IX_NoteMentions_WorkspaceId_UserId_NoteId",
                table: "NoteMentions",
                columns: new[] { "WorkspaceId", "UserId", "NoteId" });
        }
    }
}
