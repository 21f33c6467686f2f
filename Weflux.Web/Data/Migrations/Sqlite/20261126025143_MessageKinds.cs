using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MessageKinds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CatalogId",
                table: "Workspaces",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ReadReceipts",
                table: "Workspaces",
                type: "INTEGER",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "TargetWhatsAppId",
                table: "Messages",
                type: "TEXT",
                maxLength: 256,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsGroup",
                table: "Conversations",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsGroup",
                table: "Contacts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "IdempotencyKeys",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ApiKeyId = table.Column<long>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    Request = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    DraftId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_IdempotencyKeys", x => new { x.WorkspaceId, x.ApiKeyId, x.Value });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Messages_WorkspaceId_ConversationId_TargetWhatsAppId",
                table: "Messages",
                columns: new[] { "WorkspaceId", "ConversationId", "TargetWhatsAppId" },
                filter: "\"TargetWhatsAppId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_IdempotencyKeys_WorkspaceId_CreatedAt",
                table: "IdempotencyKeys",
                columns: new[] { "WorkspaceId", "CreatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "IdempotencyKeys");

            migrationBuilder.DropIndex(
                name: "IX_Messages_WorkspaceId_ConversationId_TargetWhatsAppId",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "CatalogId",
                table: "Workspaces");

            migrationBuilder.DropColumn(
                name: "ReadReceipts",
                table: "Workspaces");

            migrationBuilder.DropColumn(
                name: "TargetWhatsAppId",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "IsGroup",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "IsGroup",
                table: "Contacts");
        }
    }
}
