using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ListByArrival : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_LastActivityAt_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_LastActivityAt_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_LastActivityAt_LastSequence_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "LastActivityAt", "LastSequence", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_LastActivityAt_LastSequence_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "LastActivityAt", "LastSequence", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_LastActivityAt_LastSequence_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_LastActivityAt_LastSequence_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_LastActivityAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "LastActivityAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastActivityAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_LastActivityAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "LastActivityAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastActivityAt", "Id" });
        }
    }
}
