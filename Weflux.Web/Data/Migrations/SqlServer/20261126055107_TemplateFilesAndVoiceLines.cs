using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class TemplateFilesAndVoiceLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_MessageFiles",
                table: "MessageFiles");

            migrationBuilder.AddPrimaryKey(
                name: "PK_MessageFiles",
                table: "MessageFiles",
                columns: new[] { "MessageId", "FileId" });

            // The list tells a voice note from a sound file now.
            migrationBuilder.Sql(
                """
                UPDATE [Conversations] SET [LastKind] = 'voice' WHERE [LastKind] = 'audio' AND EXISTS (
                    SELECT 1 FROM [Messages] WHERE [Messages].[ConversationId] = [Conversations].[Id]
                    AND [Messages].[Sequence] = [Conversations].[LastSequence] AND [Messages].[Content] LIKE '%"isVoice":true%')
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "PK_MessageFiles",
                table: "MessageFiles");

            migrationBuilder.AddPrimaryKey(
                name: "PK_MessageFiles",
                table: "MessageFiles",
                column: "MessageId");
        }
    }
}
