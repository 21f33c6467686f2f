using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class AccountsMended : Migration
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

            migrationBuilder.AddColumn<byte[]>(
                name: "AddressHash",
                table: "AccountLinks",
                type: "varbinary(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_AccountLinks_AddressHash_Kind",
                table: "AccountLinks",
                columns: new[] { "AddressHash", "Kind" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AccountLinks_AddressHash_Kind",
                table: "AccountLinks");

            migrationBuilder.DropColumn(
                name: "Tries",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "AddressHash",
                table: "AccountLinks");
        }
    }
}
