using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Presence : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Capacity",
                table: "Memberships",
                type: "int",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "MemberPresences",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Choice = table.Column<int>(type: "int", nullable: false),
                    ChosenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    AwayUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    OpenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    UsedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Node = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    State = table.Column<int>(type: "int", nullable: false),
                    Since = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MemberPresences", x => x.Id);
                    table.ForeignKey(
                        name: "FK_MemberPresences_Memberships_WorkspaceId_UserId",
                        columns: x => new { x.WorkspaceId, x.UserId },
                        principalTable: "Memberships",
                        principalColumns: new[] { "WorkspaceId", "UserId" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MemberPresences_State",
                table: "MemberPresences",
                column: "State",
                filter: "\"State\" <> 0");

            migrationBuilder.CreateIndex(
                name: "IX_MemberPresences_WorkspaceId_UserId",
                table: "MemberPresences",
                columns: new[] { "WorkspaceId", "UserId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "MemberPresences");

            migrationBuilder.DropColumn(
                name: "Capacity",
                table: "Memberships");
        }
    }
}
