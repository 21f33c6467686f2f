using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditSealsAndLinks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "Tries",
                table: "Invitations",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "EnteredAt",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "BegunAt",
                table: "ConnectionCheckups",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SealKeyId",
                table: "AuditEntries",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "AddressHash",
                table: "AccountLinks",
                type: "BLOB",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SealKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<Guid>(type: "TEXT", nullable: false),
                    Secret = table.Column<byte[]>(type: "BLOB", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SealKeys", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccountLinks_AddressHash_Kind",
                table: "AccountLinks",
                columns: new[] { "AddressHash", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "SealKeys");

            migrationBuilder.DropIndex(
                name: "IX_AccountLinks_AddressHash_Kind",
                table: "AccountLinks");

            migrationBuilder.DropColumn(
                name: "Tries",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "EnteredAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "BegunAt",
                table: "ConnectionCheckups");

            migrationBuilder.DropColumn(
                name: "SealKeyId",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "AddressHash",
                table: "AccountLinks");

        }
    }
}
