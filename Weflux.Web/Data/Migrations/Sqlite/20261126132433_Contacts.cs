using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Contacts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "LastSeenAt",
                table: "Contacts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "PhoneTail",
                table: "Contacts",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "Contacts",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "StageId",
                table: "Contacts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Standing",
                table: "Contacts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "ContactChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    ActorId = table.Column<long>(type: "INTEGER", nullable: true),
                    ActorName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Before = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    After = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactChanges_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactFields",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Type = table.Column<int>(type: "INTEGER", nullable: false),
                    Choices = table.Column<string>(type: "TEXT", maxLength: 8000, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    ArchivedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactFields", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactNotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    AuthorId = table.Column<long>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactNotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactNotes_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactTags",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Tag = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Shown = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactTags", x => new { x.WorkspaceId, x.ContactId, x.Tag });
                    table.ForeignKey(
                        name: "FK_ContactTags_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactWords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    Word = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactWords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ContactWords_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "LifecycleStages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    ArchivedAt = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LifecycleStages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactFieldValues",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "INTEGER", nullable: false),
                    ContactId = table.Column<long>(type: "INTEGER", nullable: false),
                    FieldId = table.Column<long>(type: "INTEGER", nullable: false),
                    Value = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactFieldValues", x => new { x.WorkspaceId, x.ContactId, x.FieldId });
                    table.ForeignKey(
                        name: "FK_ContactFieldValues_ContactFields_FieldId",
                        column: x => x.FieldId,
                        principalTable: "ContactFields",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ContactFieldValues_Contacts_ContactId",
                        column: x => x.ContactId,
                        principalTable: "Contacts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_ConnectionId_ContactId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "ConnectionId", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_WorkspaceId_LastSeenAt_Id",
                table: "Contacts",
                columns: new[] { "WorkspaceId", "LastSeenAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_WorkspaceId_PhoneTail_Id",
                table: "Contacts",
                columns: new[] { "WorkspaceId", "PhoneTail", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_WorkspaceId_SortName_Id",
                table: "Contacts",
                columns: new[] { "WorkspaceId", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_WorkspaceId_StageId_SortName_Id",
                table: "Contacts",
                columns: new[] { "WorkspaceId", "StageId", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_WorkspaceId_Standing_SortName_Id",
                table: "Contacts",
                columns: new[] { "WorkspaceId", "Standing", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactChanges_ContactId",
                table: "ContactChanges",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactChanges_WorkspaceId_ContactId_Id",
                table: "ContactChanges",
                columns: new[] { "WorkspaceId", "ContactId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactFields_WorkspaceId_Key",
                table: "ContactFields",
                columns: new[] { "WorkspaceId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ContactFieldValues_ContactId",
                table: "ContactFieldValues",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactFieldValues_FieldId",
                table: "ContactFieldValues",
                column: "FieldId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactNotes_ContactId",
                table: "ContactNotes",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactNotes_WorkspaceId_ContactId_Id",
                table: "ContactNotes",
                columns: new[] { "WorkspaceId", "ContactId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactTags_ContactId",
                table: "ContactTags",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactTags_WorkspaceId_Tag_ContactId",
                table: "ContactTags",
                columns: new[] { "WorkspaceId", "Tag", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactWords_ContactId",
                table: "ContactWords",
                column: "ContactId");

            migrationBuilder.CreateIndex(
                name: "IX_ContactWords_WorkspaceId_ContactId_Word",
                table: "ContactWords",
                columns: new[] { "WorkspaceId", "ContactId", "Word" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactWords_WorkspaceId_Word_ContactId",
                table: "ContactWords",
                columns: new[] { "WorkspaceId", "Word", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_LifecycleStages_WorkspaceId_Position",
                table: "LifecycleStages",
                columns: new[] { "WorkspaceId", "Position" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ContactChanges");

            migrationBuilder.DropTable(
                name: "ContactFieldValues");

            migrationBuilder.DropTable(
                name: "ContactNotes");

            migrationBuilder.DropTable(
                name: "ContactTags");

            migrationBuilder.DropTable(
                name: "ContactWords");

            migrationBuilder.DropTable(
                name: "LifecycleStages");

            migrationBuilder.DropTable(
                name: "ContactFields");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_ConnectionId_ContactId",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_WorkspaceId_LastSeenAt_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_WorkspaceId_PhoneTail_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_WorkspaceId_SortName_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_WorkspaceId_StageId_SortName_Id",
                table: "Contacts");

            migrationBuilder.DropIndex(
                name: "IX_Contacts_WorkspaceId_Standing_SortName_Id",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "LastSeenAt",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "PhoneTail",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "SortName",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "StageId",
                table: "Contacts");

            migrationBuilder.DropColumn(
                name: "Standing",
                table: "Contacts");
        }
    }
}
