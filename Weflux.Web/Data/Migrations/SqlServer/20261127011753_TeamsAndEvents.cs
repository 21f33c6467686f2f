using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Weflux.Web.Inbox.Views;

#nullable disable

namespace Weflux.Web.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class TeamsAndEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "ForbidsNoticeText",
                table: "Workspaces",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "HandOverMinutes",
                table: "Workspaces",
                type: "int",
                nullable: false,
                defaultValue: 10);

            migrationBuilder.AddColumn<int>(
                name: "ReleaseAwayAfter",
                table: "Workspaces",
                type: "int",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "ReleaseOfflineAfter",
                table: "Workspaces",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Program",
                table: "Notes",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "Messages",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "Capacity",
                table: "Memberships",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AskedMemberId",
                table: "Conversations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AskedTeamId",
                table: "Conversations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "AskedUntil",
                table: "Conversations",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Participants",
                table: "Conversations",
                type: "nvarchar(800)",
                maxLength: 800,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "WaitingSince",
                table: "Conversations",
                type: "datetimeoffset",
                nullable: true);

            WaitingSinceMigration.Add(migrationBuilder);

            migrationBuilder.AddColumn<long>(
                name: "PreviousAssigneeId",
                table: "Conversations",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Program",
                table: "ConversationEvents",
                type: "nvarchar(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AssignmentRules",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ConnectionId = table.Column<long>(type: "bigint", nullable: true),
                    TeamId = table.Column<long>(type: "bigint", nullable: true),
                    Mode = table.Column<int>(type: "int", nullable: false),
                    GoesToTeamId = table.Column<long>(type: "bigint", nullable: true),
                    OnlyInHours = table.Column<bool>(type: "bit", nullable: false),
                    IsSticky = table.Column<bool>(type: "bit", nullable: false),
                    IncludesManagers = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssignmentRules", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AssignmentTurns",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    LastGiven = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AssignmentTurns", x => new { x.WorkspaceId, x.UserId });
                });

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

            migrationBuilder.CreateTable(
                name: "NoteFiles",
                columns: table => new
                {
                    NoteId = table.Column<long>(type: "bigint", nullable: false),
                    FileId = table.Column<long>(type: "bigint", nullable: false),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Position = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoteFiles", x => new { x.NoteId, x.FileId });
                    table.ForeignKey(
                        name: "FK_NoteFiles_MediaFiles_FileId",
                        column: x => x.FileId,
                        principalTable: "MediaFiles",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_NoteFiles_Notes_NoteId",
                        column: x => x.NoteId,
                        principalTable: "Notes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "NoticeReaders",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    ReadUpTo = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NoticeReaders", x => new { x.WorkspaceId, x.UserId });
                });

            migrationBuilder.CreateTable(
                name: "Notices",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    At = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    Sequence = table.Column<long>(type: "bigint", nullable: false),
                    ById = table.Column<long>(type: "bigint", nullable: true),
                    SubjectId = table.Column<long>(type: "bigint", nullable: true),
                    HeardBefore = table.Column<int>(type: "int", nullable: false),
                    HeardUpTo = table.Column<int>(type: "int", nullable: false),
                    Until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    ReadAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    HandledAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notices", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Notices_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Participations",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false),
                    AddedById = table.Column<long>(type: "bigint", nullable: true),
                    AddedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Participations", x => new { x.WorkspaceId, x.UserId, x.ConversationId });
                    table.ForeignKey(
                        name: "FK_Participations_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Teams",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    NameKey = table.Column<string>(type: "nvarchar(240)", maxLength: 240, nullable: false),
                    ArchivedAt = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Teams", x => x.Id);
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

            migrationBuilder.CreateTable(
                name: "TeamMembers",
                columns: table => new
                {
                    WorkspaceId = table.Column<long>(type: "bigint", nullable: false),
                    TeamId = table.Column<long>(type: "bigint", nullable: false),
                    UserId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeamMembers", x => new { x.WorkspaceId, x.TeamId, x.UserId });
                    table.ForeignKey(
                        name: "FK_TeamMembers_Teams_TeamId",
                        column: x => x.TeamId,
                        principalTable: "Teams",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_AskedUntil",
                table: "Conversations",
                column: "AskedUntil",
                filter: "\"AskedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_State_NeedsReply_LastActivityAt",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "TeamId", "AssigneeId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id" },
                filter: "\"AssigneeId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_State_NeedsReply_LastCustomerActAt",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "TeamId", "AssigneeId", "State", "NeedsReply", "LastCustomerActAt", "Id" },
                filter: "\"AssigneeId\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "TeamId", "AssigneeId", "SnoozedUntil", "Id" },
                filter: "\"AssigneeId\" IS NULL AND \"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_State_WaitingSince",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "TeamId", "AssigneeId", "State", "WaitingSince", "Id" },
                filter: "\"AssigneeId\" IS NULL AND \"WaitingSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_WaitingRoom",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "TeamId", "AssigneeId", "ConnectionId", "State", "WaitingSince", "Id" },
                filter: "\"AssigneeId\" IS NULL AND \"WaitingSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AskedMember_State_NeedsReply_LastActivityAt",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AskedMemberId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id", "AssigneeId" },
                filter: "\"AskedMemberId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AskedMember_State_NeedsReply_LastCustomerActAt",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AskedMemberId", "State", "NeedsReply", "LastCustomerActAt", "Id", "AssigneeId" },
                filter: "\"AskedMemberId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AskedMember_State_WaitingSince",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AskedMemberId", "State", "WaitingSince", "Id", "AssigneeId" },
                filter: "\"AskedMemberId\" IS NOT NULL AND \"WaitingSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AskedTeam_State_NeedsReply_LastActivityAt",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AskedTeamId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id", "AssigneeId" },
                filter: "\"AskedTeamId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AskedTeam_State_NeedsReply_LastCustomerActAt",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AskedTeamId", "State", "NeedsReply", "LastCustomerActAt", "Id", "AssigneeId" },
                filter: "\"AskedTeamId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AskedTeam_State_WaitingSince",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AskedTeamId", "State", "WaitingSince", "Id", "AssigneeId" },
                filter: "\"AskedTeamId\" IS NOT NULL AND \"WaitingSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_TeamId_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "TeamId", "Id" },
                filter: "\"TeamId\" IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_LastSequence_Id_AssigneeId_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id", "AssigneeId", "TeamId" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_LastSequence_Id_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id", "TeamId" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id_AssigneeId_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "SnoozedUntil", "Id", "AssigneeId", "TeamId" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "SnoozedUntil", "Id", "TeamId" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id_AssigneeId_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastCustomerActAt", "Id", "AssigneeId", "TeamId" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastCustomerActAt", "Id", "TeamId" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_WaitingSince_Id_AssigneeId_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "WaitingSince", "Id", "AssigneeId", "TeamId" },
                filter: "\"WaitingSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_WaitingSince_Id_TeamId",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "WaitingSince", "Id", "TeamId" },
                filter: "\"WaitingSince\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AssignmentRules_WorkspaceId_ConnectionId",
                table: "AssignmentRules",
                columns: new[] { "WorkspaceId", "ConnectionId" },
                unique: true,
                filter: "\"ConnectionId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AssignmentRules_WorkspaceId_TeamId",
                table: "AssignmentRules",
                columns: new[] { "WorkspaceId", "TeamId" },
                unique: true,
                filter: "\"TeamId\" IS NOT NULL");

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

            migrationBuilder.CreateIndex(
                name: "IX_NoteFiles_FileId",
                table: "NoteFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_NoteFiles_WorkspaceId_FileId",
                table: "NoteFiles",
                columns: new[] { "WorkspaceId", "FileId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_NoteFiles_WorkspaceId_NoteId",
                table: "NoteFiles",
                columns: new[] { "WorkspaceId", "NoteId" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_At",
                table: "Notices",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_ConversationId",
                table: "Notices",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_Notices_WorkspaceId_ConversationId",
                table: "Notices",
                columns: new[] { "WorkspaceId", "ConversationId" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_WorkspaceId_UserId_At_Id",
                table: "Notices",
                columns: new[] { "WorkspaceId", "UserId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notices_WorkspaceId_UserId_Kind_ConversationId",
                table: "Notices",
                columns: new[] { "WorkspaceId", "UserId", "Kind", "ConversationId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Participations_ConversationId",
                table: "Participations",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_Participations_WorkspaceId_ConversationId_UserId",
                table: "Participations",
                columns: new[] { "WorkspaceId", "ConversationId", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_TeamMembers_TeamId",
                table: "TeamMembers",
                column: "TeamId");

            migrationBuilder.CreateIndex(
                name: "IX_TeamMembers_WorkspaceId_UserId_TeamId",
                table: "TeamMembers",
                columns: new[] { "WorkspaceId", "UserId", "TeamId" });

            migrationBuilder.CreateIndex(
                name: "IX_Teams_WorkspaceId_NameKey",
                table: "Teams",
                columns: new[] { "WorkspaceId", "NameKey" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AssignmentRules");

            migrationBuilder.DropTable(
                name: "AssignmentTurns");

            migrationBuilder.DropTable(
                name: "EventDeliveries");

            migrationBuilder.DropTable(
                name: "MemberPresences");

            migrationBuilder.DropTable(
                name: "NoteFiles");

            migrationBuilder.DropTable(
                name: "NoticeReaders");

            migrationBuilder.DropTable(
                name: "Notices");

            migrationBuilder.DropTable(
                name: "Participations");

            migrationBuilder.DropTable(
                name: "TeamMembers");

            migrationBuilder.DropTable(
                name: "EventEndpoints");

            migrationBuilder.DropTable(
                name: "Teams");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_AskedUntil",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AskedMember_State_NeedsReply_LastActivityAt",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AskedMember_State_NeedsReply_LastCustomerActAt",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AskedMember_State_WaitingSince",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AskedTeam_State_NeedsReply_LastActivityAt",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AskedTeam_State_NeedsReply_LastCustomerActAt",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AskedTeam_State_WaitingSince",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_SnoozedUntil_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_State_NeedsReply_LastActivityAt",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_State_NeedsReply_LastCustomerActAt",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_TeamId_Id",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_WaitingRoom",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_LastSequence_Id_AssigneeId_TeamId",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_LastSequence_Id_TeamId",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastActivityAt_LastSequence_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastActivityAt", "LastSequence", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id_AssigneeId_TeamId",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "SnoozedUntil", "Id" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id_TeamId",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_SnoozedUntil_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "SnoozedUntil", "Id" },
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id_AssigneeId_TeamId",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "State", "NeedsReply", "LastCustomerActAt", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id_TeamId",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_NeedsReply_LastCustomerActAt_Id",
                table: "Conversations",
                columns: new[] { "WorkspaceId", "AssigneeId", "State", "NeedsReply", "LastCustomerActAt", "Id" });

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_State_WaitingSince_Id_AssigneeId_TeamId",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_AssigneeId_State_WaitingSince_Id_TeamId",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WorkspaceId_FreeOfTeam_State_WaitingSince",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "ForbidsNoticeText",
                table: "Workspaces");

            migrationBuilder.DropColumn(
                name: "HandOverMinutes",
                table: "Workspaces");

            migrationBuilder.DropColumn(
                name: "ReleaseAwayAfter",
                table: "Workspaces");

            migrationBuilder.DropColumn(
                name: "ReleaseOfflineAfter",
                table: "Workspaces");

            migrationBuilder.DropColumn(
                name: "Program",
                table: "Notes");

            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "Messages");

            migrationBuilder.DropColumn(
                name: "Capacity",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "AskedMemberId",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "AskedTeamId",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "AskedUntil",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "Participants",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "PreviousAssigneeId",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "WaitingSince",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "Program",
                table: "ConversationEvents");
        }
    }
}
