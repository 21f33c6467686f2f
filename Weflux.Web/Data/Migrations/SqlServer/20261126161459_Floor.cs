using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class Floor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "KnownSequence",
                table: "Drafts",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "LastWorkSequence",
                table: "Conversations",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "LastSeenAt",
                table: "Contacts",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<string>(
                name: "PhoneTail",
                table: "Contacts",
                type: "nvarchar(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "Contacts",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AddColumn<long>(
                name: "StageId",
                table: "Contacts",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Standing",
                table: "Contacts",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "CannedReplies",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: true),
                    Shortcut = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    ShortcutKey = table.Column<string>(type: "nvarchar(160)", maxLength: 160, nullable: false),
                    Text = table.Column<string>(type: "nvarchar(max)", maxLength: 4096, nullable: false),
                    UseCount = table.Column<int>(type: "int", nullable: false),
                    ChangedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CannedReplies", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "CloseReasons",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    NameKey = table.Column<string>(type: "nvarchar(240)", maxLength: 240, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CloseReasons", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    ActorName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    What = table.Column<string>(type: "nvarchar(80)", maxLength: 80, nullable: false),
                    Before = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: true),
                    After = table.Column<string>(type: "nvarchar(600)", maxLength: 600, nullable: true),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Key = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Type = table.Column<int>(type: "int", nullable: false),
                    Choices = table.Column<string>(type: "nvarchar(max)", maxLength: 8000, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    ArchivedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactFields", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ContactNotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false),
                    AuthorId = table.Column<long>(type: "bigint", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
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
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false),
                    Tag = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2"),
                    Shown = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false),
                    Word = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false, collation: "Latin1_General_100_BIN2")
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
                name: "ConversationEvents",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    ActorId = table.Column<long>(type: "bigint", nullable: true),
                    SubjectId = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<int>(type: "int", nullable: true),
                    Words = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversationEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ConversationEvents_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Labels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    NameKey = table.Column<string>(type: "nvarchar(160)", maxLength: 160, nullable: false),
                    Color = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Labels", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LifecycleStages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    ArchivedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LifecycleStages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Notes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    AuthorId = table.Column<long>(type: "bigint", nullable: false),
                    DraftId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Text = table.Column<string>(type: "nvarchar(4000)", maxLength: 4000, nullable: false),
                    WrittenAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    EditedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    DeletedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ChangeSequence = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notes_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    OwnerId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    Audience = table.Column<int>(type: "int", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false),
                    View = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReplyFiles",
                columns: table => new
                {
                    ReplyId = table.Column<long>(type: "bigint", nullable: false),
                    FileId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReplyFiles", x => new { x.ReplyId, x.FileId });
                    table.ForeignKey(
                        name: "FK_ReplyFiles_CannedReplies_ReplyId",
                        column: x => x.ReplyId,
                        principalTable: "CannedReplies",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ReplyFiles_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ContactFieldValues",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ContactId = table.Column<long>(type: "bigint", nullable: false),
                    FieldId = table.Column<long>(type: "bigint", nullable: false),
                    Value = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false)
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

            migrationBuilder.CreateTable(
                name: "ConversationLabels",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    LabelId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversationLabels", x => new { x.WorkspaceId, x.ConversationId, x.LabelId });
                    table.ForeignKey(
                        name: "FK_ConversationLabels_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ConversationLabels_Labels_LabelId",
                        column: x => x.LabelId,
                        principalTable: "Labels",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NoteMentions",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    NoteId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    IsSeen = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoteMentions", x => new { x.WorkspaceId, x.NoteId, x.UserId });
                    table.ForeignKey(
                        name: "FK_NoteMentions_Notes_NoteId",
                        column: x => x.NoteId,
                        principalTable: "Notes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Drafts_WorkspaceId_UserId_UpdatedAt",
                table: "Drafts",
                columns: new[] { "WorkspaceId", "UserId", "UpdatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_SnoozedUntil",
                table: "Conversations",
                column: "SnoozedUntil",
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "SnoozedUntil", "Id" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastCustomerActAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_ConnectionId_ContactId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "ConnectionId", "ContactId" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "SnoozedUntil", "Id" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastCustomerActAt", "Id" });

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
                name: "IX_CannedReplies_WorkspaceId_OwnerId_ShortcutKey",
                table: "CannedReplies",
                columns: new[] { "WorkspaceId", "OwnerId", "ShortcutKey" });

            migrationBuilder.CreateIndex(
                name: "IX_CloseReasons_WorkspaceId_NameKey",
                table: "CloseReasons",
                columns: new[] { "WorkspaceId", "NameKey" },
                unique: true);

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
                name: "IX_ConversationEvents_ConversationId",
                table: "ConversationEvents",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_ConversationEvents_WorkspaceId_ConversationId_At_Id",
                table: "ConversationEvents",
                columns: new[] { "WorkspaceId", "ConversationId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversationEvents_WorkspaceId_ConversationId_Sequence",
                table: "ConversationEvents",
                columns: new[] { "WorkspaceId", "ConversationId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_ConversationLabels_ConversationId",
                table: "ConversationLabels",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_ConversationLabels_LabelId",
                table: "ConversationLabels",
                column: "LabelId");

            migrationBuilder.CreateIndex(
                name: "IX_ConversationLabels_WorkspaceId_LabelId_ConversationId",
                table: "ConversationLabels",
                columns: new[] { "WorkspaceId", "LabelId", "ConversationId" });

            migrationBuilder.CreateIndex(
                name: "IX_Labels_WorkspaceId_NameKey",
                table: "Labels",
                columns: new[] { "WorkspaceId", "NameKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LifecycleStages_WorkspaceId_Position",
                table: "LifecycleStages",
                columns: new[] { "WorkspaceId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_NoteMentions_NoteId",
                table: "NoteMentions",
                column: "NoteId");

            migrationBuilder.CreateIndex(
                name: "IX_NoteMentions_WorkspaceId_UserId_IsSeen_NoteId",
                table: "NoteMentions",
                columns: new[] { "WorkspaceId", "UserId", "IsSeen", "NoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_ConversationId",
                table: "Notes",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_Notes_WorkspaceId_ConversationId_ChangeSequence",
                table: "Notes",
                columns: new[] { "WorkspaceId", "ConversationId", "ChangeSequence" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_WorkspaceId_ConversationId_WrittenAt_Id",
                table: "Notes",
                columns: new[] { "WorkspaceId", "ConversationId", "WrittenAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_WorkspaceId_DraftId",
                table: "Notes",
                columns: new[] { "WorkspaceId", "DraftId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReplyFiles_FileId",
                table: "ReplyFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_ReplyFiles_WorkspaceId_FileId",
                table: "ReplyFiles",
                columns: new[] { "WorkspaceId", "FileId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReplyFiles_WorkspaceId_ReplyId",
                table: "ReplyFiles",
                columns: new[] { "WorkspaceId", "ReplyId" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_WorkspaceId_Audience",
                table: "SavedViews",
                columns: new[] { "WorkspaceId", "Audience" });

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_WorkspaceId_OwnerId",
                table: "SavedViews",
                columns: new[] { "WorkspaceId", "OwnerId" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CloseReasons");

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
                name: "ConversationEvents");

            migrationBuilder.DropTable(
                name: "ConversationLabels");

            migrationBuilder.DropTable(
                name: "LifecycleStages");

            migrationBuilder.DropTable(
                name: "NoteMentions");

            migrationBuilder.DropTable(
                name: "ReplyFiles");

            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropTable(
                name: "ContactFields");

            migrationBuilder.DropTable(
                name: "Labels");

            migrationBuilder.DropTable(
                name: "Notes");

            migrationBuilder.DropTable(
                name: "CannedReplies");

            migrationBuilder.DropIndex(
                name: "IX_Drafts_WorkspaceId_UserId_UpdatedAt",
                table: "Drafts");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_SnoozedUntil",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_ConnectionId_ContactId",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id",
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
                name: "KnownSequence",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "LastWorkSequence",
                table: "Conversations");

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
