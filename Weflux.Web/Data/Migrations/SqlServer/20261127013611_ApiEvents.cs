using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ApiEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Program",
                table: "Notes",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Program",
                table: "ConversationEvents",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EventEndpoints",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    Types = table.Column<string>(type: "nvarchar(2000)", maxLength: 2000, nullable: false),
                    HasText = table.Column<bool>(type: "bit", nullable: false),
                    HasNumbers = table.Column<bool>(type: "bit", nullable: false),
                    Secret = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    OldSecret = table.Column<byte[]>(type: "varbinary(max)", nullable: true),
                    OldSecretUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    State = table.Column<int>(type: "int", nullable: false),
                    WhyOff = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    FailingSince = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Failures = table.Column<int>(type: "int", nullable: false),
                    RestsUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    TookAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LeaseId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    LeasedUntil = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    CreatedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    CreatedBy = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventEndpoints", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "EventDeliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    EndpointId = table.Column<long>(type: "bigint", nullable: false),
                    EventId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Type = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Tries = table.Column<int>(type: "int", nullable: false),
                    TriedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Status = table.Column<int>(type: "int", nullable: true),
                    Fault = table.Column<string>(type: "nvarchar(300)", maxLength: 300, nullable: true),
                    Answer = table.Column<byte[]>(type: "varbinary(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EventDeliveries", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EventDeliveries_EventEndpoints_EndpointId",
                        column: x => x.EndpointId,
                        principalTable: "EventEndpoints",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EventDeliveries_At",
                table: "EventDeliveries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_EventDeliveries_EndpointId",
                table: "EventDeliveries",
                column: "EndpointId");

            migrationBuilder.CreateIndex(
                name: "IX_EventDeliveries_WorkspaceId_ContactId",
                table: "EventDeliveries",
                columns: new[] { "WorkspaceId", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_EventDeliveries_WorkspaceId_EndpointId_Id",
                table: "EventDeliveries",
                columns: new[] { "WorkspaceId", "EndpointId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EventDeliveries_WorkspaceId_EndpointId_State_Id",
                table: "EventDeliveries",
                columns: new[] { "WorkspaceId", "EndpointId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EventDeliveries_WorkspaceId_EndpointId_State_NextAt_Id",
                table: "EventDeliveries",
                columns: new[] { "WorkspaceId", "EndpointId", "State", "NextAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_EventEndpoints_WorkspaceId_State",
                table: "EventEndpoints",
                columns: new[] { "WorkspaceId", "State" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EventDeliveries");

            migrationBuilder.DropTable(
                name: "EventEndpoints");

            migrationBuilder.DropColumn(
                name: "Program",
                table: "Notes");

            migrationBuilder.DropColumn(
                name: "Program",
                table: "ConversationEvents");
        }
    }
}
