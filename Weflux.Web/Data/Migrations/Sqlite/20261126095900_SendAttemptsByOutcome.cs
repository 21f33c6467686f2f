using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SendAttemptsByOutcome : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_SendAttempts_WorkspaceId_Outcome_StartedAt",
                table: "SendAttempts",
                columns: new[] { "WorkspaceId", "Outcome", "StartedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_SendAttempts_WorkspaceId_Outcome_StartedAt",
                table: "SendAttempts");
        }
    }
}
