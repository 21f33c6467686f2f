using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "OldAppSecret",
                table: "MetaApps",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "OldSecretUntil",
                table: "MetaApps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SecretEnding",
                table: "MetaApps",
                type: "TEXT",
                maxLength: 4,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BrokenAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "BrokenReason",
                table: "Connections",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ConnectedAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DisconnectedAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PausedAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "TokenEnding",
                table: "Connections",
                type: "TEXT",
                maxLength: 4,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConnectionCheckups",
                columns: table => new
                {
                    ConnectionId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    NextAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CheckedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Lines = table.Column<string>(type: "TEXT", nullable: false),
                    Facts = table.Column<string>(type: "TEXT", nullable: false)
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
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ConnectionId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    IsTrouble = table.Column<bool>(type: "INTEGER", nullable: false)
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
                    MetaAppId = table.Column<long>(type: "INTEGER", nullable: false),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Good = table.Column<long>(type: "INTEGER", nullable: false),
                    Old = table.Column<long>(type: "INTEGER", nullable: false),
                    Bad = table.Column<long>(type: "INTEGER", nullable: false),
                    LastGoodAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastOldAt = table.Column<long>(type: "INTEGER", nullable: true),
                    LastBadAt = table.Column<long>(type: "INTEGER", nullable: true),
                    VerifiedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    MisverifiedAt = table.Column<long>(type: "INTEGER", nullable: true)
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
