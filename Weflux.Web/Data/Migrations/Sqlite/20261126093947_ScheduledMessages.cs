using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ScheduledMessages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Before",
                table: "OutboundMessages",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastTakenBack",
                table: "Conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "ScheduledMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConnectionId = table.Column<long>(type: "INTEGER", nullable: false),
                    AuthorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Content = table.Column<string>(type: "TEXT", nullable: false),
                    Fallback = table.Column<string>(type: "TEXT", nullable: true),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CancelsWhenCustomerWrites = table.Column<bool>(type: "INTEGER", nullable: false),
                    DraftId = table.Column<Guid>(type: "TEXT", nullable: false),
                    QuotedId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    SettledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Fault = table.Column<string>(type: "TEXT", nullable: true),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    ChangeSequence = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduledMessages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ScheduledMessages_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ScheduledFiles",
                columns: table => new
                {
                    ScheduledId = table.Column<long>(type: "INTEGER", nullable: false),
                    FileId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ScheduledFiles", x => new { x.ScheduledId, x.FileId });
                    table.ForeignKey(
                        name: "FK_ScheduledFiles_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ScheduledFiles_ScheduledMessages_ScheduledId",
                        column: x => x.ScheduledId,
                        principalTable: "ScheduledMessages",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ScheduledFiles_FileId",
                table: "ScheduledFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduledFiles_WorkspaceId_FileId",
                table: "ScheduledFiles",
                columns: new[] { "WorkspaceId", "FileId" });

            migrationBuilder.CreateIndex(
                name: "IX_ScheduledMessages_ConversationId",
                table: "ScheduledMessages",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_ScheduledMessages_WorkspaceId_ConversationId_State",
                table: "ScheduledMessages",
                columns: new[] { "WorkspaceId", "ConversationId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ScheduledMessages_WorkspaceId_DraftId",
                table: "ScheduledMessages",
                columns: new[] { "WorkspaceId", "DraftId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ScheduledMessages_WorkspaceId_State_DueAt_Id",
                table: "ScheduledMessages",
                columns: new[] { "WorkspaceId", "State", "DueAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ScheduledFiles");

            migrationBuilder.DropTable(
                name: "ScheduledMessages");

            migrationBuilder.DropColumn(
                name: "Before",
                table: "OutboundMessages");

            migrationBuilder.DropColumn(
                name: "LastTakenBack",
                table: "Conversations");
        }
    }
}
