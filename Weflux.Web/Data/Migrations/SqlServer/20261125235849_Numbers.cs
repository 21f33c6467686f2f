using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Numbers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MetaApps_WorkspaceId",
                table: "MetaApps");

            migrationBuilder.DropIndex(
                name: "IX_Connections_PhoneNumberId",
                table: "Connections");

            migrationBuilder.AddColumn<string>(
                name: "AppId",
                table: "MetaApps",
                type: "nvarchar(64)",
                maxLength: 64,
                nullable: true,
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<byte[]>(
                name: "OldAppSecret",
                table: "MetaApps",
                type: "varbinary(max)",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "OldSecretUntil",
                table: "MetaApps",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SecretEnding",
                table: "MetaApps",
                type: "nvarchar(4)",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "BrokenAt",
                table: "Connections",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BrokenReason",
                table: "Connections",
                type: "nvarchar(300)",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ConnectedAt",
                table: "Connections",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "DisconnectedAt",
                table: "Connections",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "PausedAt",
                table: "Connections",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TokenEnding",
                table: "Connections",
                type: "nvarchar(4)",
                maxLength: 4,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConnectionCheckups",
                columns: table => new
                {
                    ConnectionId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    NextAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    CheckedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    Lines = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    Facts = table.Column<string>(type: "nvarchar(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConnectionCheckups", x => x.ConnectionId);
                    table.ForeignKey(
                        name: "FK_ConnectionCheckups_Connections_ConnectionId",
                        column: x => x.ConnectionId,
                        principalTable: "Connections",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ConnectionEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ConnectionId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Words = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    IsTrouble = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConnectionEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ConnectionEvents_Connections_ConnectionId",
                        column: x => x.ConnectionId,
                        principalTable: "Connections",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SignatureCounts",
                columns: table => new
                {
                    MetaAppId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Good = table.Column<long>(type: "bigint", nullable: false),
                    Old = table.Column<long>(type: "bigint", nullable: false),
                    Bad = table.Column<long>(type: "bigint", nullable: false),
                    LastGoodAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LastOldAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    LastBadAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    VerifiedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    MisverifiedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SignatureCounts", x => x.MetaAppId);
                    table.ForeignKey(
                        name: "FK_SignatureCounts_MetaApps_MetaAppId",
                        column: x => x.MetaAppId,
                        principalTable: "MetaApps",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_MetaApps_WorkspaceId_AppId",
                table: "MetaApps",
                columns: new[] { "WorkspaceId", "AppId" });

            migrationBuilder.CreateIndex(
                name: "IX_Connections_PhoneNumberId_InUse",
                table: "Connections",
                column: "PhoneNumberId",
                unique: true,
                filter: "\"State\" <> 4");

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionCheckups_NextAt",
                table: "ConnectionCheckups",
                column: "NextAt");

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionEvents_ConnectionId",
                table: "ConnectionEvents",
                column: "ConnectionId");

            migrationBuilder.CreateIndex(
                name: "IX_ConnectionEvents_WorkspaceId_ConnectionId_Id",
                table: "ConnectionEvents",
                columns: new[] { "WorkspaceId", "ConnectionId", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConnectionCheckups");

            migrationBuilder.DropTable(
                name: "ConnectionEvents");

            migrationBuilder.DropTable(
                name: "SignatureCounts");

            migrationBuilder.DropIndex(
                name: "IX_MetaApps_WorkspaceId_AppId",
                table: "MetaApps");

            migrationBuilder.DropIndex(
                name: "IX_Connections_PhoneNumberId_InUse",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "AppId",
                table: "MetaApps");

            migrationBuilder.DropColumn(
                name: "OldAppSecret",
                table: "MetaApps");

            migrationBuilder.DropColumn(
                name: "OldSecretUntil",
                table: "MetaApps");

            migrationBuilder.DropColumn(
                name: "SecretEnding",
                table: "MetaApps");

            migrationBuilder.DropColumn(
                name: "BrokenAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "BrokenReason",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "ConnectedAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "DisconnectedAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "PausedAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "TokenEnding",
                table: "Connections");

            migrationBuilder.CreateIndex(
                name: "IX_MetaApps_WorkspaceId",
                table: "MetaApps",
                column: "WorkspaceId");

            migrationBuilder.CreateIndex(
                name: "IX_Connections_PhoneNumberId",
                table: "Connections",
                column: "PhoneNumberId",
                unique: true);
        }
    }
}
