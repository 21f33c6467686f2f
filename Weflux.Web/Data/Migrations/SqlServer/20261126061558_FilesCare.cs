using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class FilesCare : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "Claim",
                table: "MediaFiles",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "DrawTries",
                table: "MediaFiles",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "FailedAt",
                table: "MediaFiles",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "RenewedAt",
                table: "Connections",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_MediaFiles_FailedAt",
                table: "MediaFiles",
                column: "FailedAt",
                filter: "\"FailedAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_MediaFiles_FailedAt",
                table: "MediaFiles");

            migrationBuilder.DropColumn(
                name: "Claim",
                table: "MediaFiles");

            migrationBuilder.DropColumn(
                name: "DrawTries",
                table: "MediaFiles");

            migrationBuilder.DropColumn(
                name: "FailedAt",
                table: "MediaFiles");

            migrationBuilder.DropColumn(
                name: "RenewedAt",
                table: "Connections");
        }
    }
}
