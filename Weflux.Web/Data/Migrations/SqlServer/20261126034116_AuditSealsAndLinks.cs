using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
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
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "EnteredAt",
                table: "Connections",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "BegunAt",
                table: "ConnectionCheckups",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SealKeyId",
                table: "AuditEntries",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<byte[]>(
                name: "AddressHash",
                table: "AccountLinks",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "SealKeys",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    Name = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Secret = table.Column<byte[]>(type: "varbinary(200)", maxLength: 200, nullable: false)
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
