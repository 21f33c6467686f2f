using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Account;
using Weflux.Web.Api.Keys;
using Weflux.Web.Api.Reading;
using Weflux.Web.Api.Sending;
using Weflux.Web.Audit;
using Weflux.Web.Billing;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Media;
using Weflux.Web.Media.Fetching;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;
using Weflux.Web.Team.Invitations;
using Weflux.Web.Team.Members;
using Weflux.Web.Team.Settings;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Isolation;

/// <summary>Who may: the roles of a workspace, and nobody else.</summary>
[Flags]
internal enum Who
{
    Nobody = 0,
    Agent = 1,
    Manager = 2,
    Admin = 4,
    ManagerAndAdmin = Manager | Admin,
    Member = Agent | Manager | Admin,

    Stranger = 8,

    /// <summary>Also who has not signed in.</summary>
    Anybody = Member | Stranger,
}

/// <summary>One use case or query: who may, and a try that says whether it worked.</summary>
internal sealed record RoleRow(string Method, Who Who, Func<TwoWorkspaces, Actor, Task<bool>> WorkedAsync);

/// <summary>
/// The matrix of roles, in one table. A use case, query, page, endpoint or method of the hub that is not here fails
/// <see cref="RoleMatrixTests"/> by name. A row whose try is left out takes that of <see cref="Crossings"/>.
/// </summary>
internal static partial class RoleMatrix
{
    public static IReadOnlyList<RoleRow> Methods { get; } =
    [
        // The inbox.
        Of<ConversationListQuery>(nameof(ConversationListQuery.GetAsync), Who.Member),
        Of<ConversationListQuery>(nameof(ConversationListQuery.ChangedAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.GetAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.OlderAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.ChangesAsync), Who.Member),
        Of<ThreadQuery>(nameof(ThreadQuery.WasSentAsync), Who.Member),
        Of<TemplateListQuery>(nameof(TemplateListQuery.GetAsync), Who.Member),
        Of<TemplateListQuery>(nameof(TemplateListQuery.VersionAsync), Who.Member),
        Of<SaveDraft>(nameof(SaveDraft.ExecuteAsync), Who.Member),
        Of<SendReply>(nameof(SendReply.ExecuteAsync), Who.Member, async (u, w, a) =>
            (await u.ExecuteAsync(a, w.Conversation, new TextContent("role"), Guid.CreateVersion7()))?.MessageId is not null),
        Of<SendAgain>(nameof(SendAgain.ExecuteAsync), Who.Member, async (u, w, a) =>
            (await u.ExecuteAsync(a, await w.FailAsync(), Guid.CreateVersion7()))?.MessageId is not null),
        Of<SendReaction>(nameof(SendReaction.ExecuteAsync), Who.Member, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.Host.ReadAsync(db => db.Set<Message>().Where(m => m.ConversationId == w.Conversation && m.Direction == MessageDirection.In).Select(m => m.Id).FirstAsync()), "👍", Guid.CreateVersion7()) is { MessageId: not null }),
        Of<ThreadQuery>(nameof(ThreadQuery.RawAsync), Who.Admin, async (q, w, a) =>
        {
            var id = await w.Host.ReadAsync(db => db.Set<Message>().Where(m => m.ConversationId == w.Conversation).Select(m => m.Id).FirstAsync());
            await w.Host.ReadAsync(db => db.Set<Message>().Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Raw, "{}")));
            return await q.RawAsync(a, id) is not null;
        }),
        Of<MarkSeen>(nameof(MarkSeen.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await u.ExecuteAsync(a, w.Conversation, 1);
            return await w.Host.ReadAsync(db => db.Set<ReadCursor>().AnyAsync(r => r.UserId == a.User && r.ConversationId == w.Conversation));
        }),

        // Files.
        Of<MediaFileQuery>(nameof(MediaFileQuery.FindAsync), Who.Member),
        Of<UploadFile>(nameof(UploadFile.ExecuteAsync), Who.Member, async (u, _, a) =>
            await u.ExecuteAsync(a, new MemoryStream("role"u8.ToArray()), "role.txt", kind: null) is UploadOutcome.Stored),
        Of<RemoveUpload>(nameof(RemoveUpload.ExecuteAsync), Who.Member, async (u, w, a) =>
            await w.Service<UploadFile>().ExecuteAsync(a, new MemoryStream("role"u8.ToArray()), "role.txt", kind: null) is UploadOutcome.Stored stored
            && await u.ExecuteAsync(a, stored.File.Id)),
        Of<FetchAgain>(nameof(FetchAgain.ExecuteAsync), Who.Member, async (u, w, a) =>
        {
            await w.Host.ReadAsync(db => db.Set<MediaFile>().Where(f => f.Id == w.File).ExecuteUpdateAsync(set => set.SetProperty(f => f.State, MediaState.Failed)));
            var isAsked = await u.ExecuteAsync(a, w.FailedMessage);
            await w.Host.ReadAsync(db => db.Set<MediaFile>().Where(f => f.Id == w.File).ExecuteUpdateAsync(set => set
                .SetProperty(f => f.State, MediaState.Ready).SetProperty(f => f.NextTryAt, (DateTimeOffset?)null)));
            return isAsked;
        }),

        // What programs read.
        Of<MessageStreamQuery>(nameof(MessageStreamQuery.GetAsync), Who.ManagerAndAdmin),
        Of<SendByApi>(nameof(SendByApi.ExecuteAsync), Who.Member, async (u, w, a) =>
            await u.ExecuteAsync(a, new ApiOutgoing { ConversationId = w.Conversation, Type = "text", Text = new ApiText { Body = "role" } }, null) is ApiSent),
        Of<ConversationsQuery>(nameof(ConversationsQuery.GetAsync), Who.ManagerAndAdmin),
        Of<ConversationsQuery>(nameof(ConversationsQuery.FindAsync), Who.Member),
        Of<ContactsQuery>(nameof(ContactsQuery.GetAsync), Who.ManagerAndAdmin),
        Of<ContactsQuery>(nameof(ContactsQuery.FindAsync), Who.Member),
        Of<DeliveriesQuery>(nameof(DeliveriesQuery.GetAsync), Who.Admin),
        Of<DeliveriesQuery>(nameof(DeliveriesQuery.FindAsync), Who.Admin),
        Of<ReplayDelivery>(nameof(ReplayDelivery.ExecuteAsync), Who.Admin),
        Of<IssueApiKey>(nameof(IssueApiKey.ExecuteAsync), Who.Admin, async (u, _, a) => await u.ExecuteAsync(a, "Role", ["*"], null) is not null),
        Of<RevokeApiKey>(nameof(RevokeApiKey.ExecuteAsync), Who.Admin),

        // People.
        Of<PeopleQuery>(nameof(PeopleQuery.GetAsync), Who.Admin),
        Of<ChangeRole>(nameof(ChangeRole.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.SpareAsync(), Role.Manager) == RosterAnswer.Yes),
        Of<DeactivateMember>(nameof(DeactivateMember.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.SpareAsync(), null) == RosterAnswer.Yes),
        Of<ReactivateMember>(nameof(ReactivateMember.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.SpareAsync(isActive: false)) == RosterAnswer.Yes),
        Of<RemoveMember>(nameof(RemoveMember.ExecuteAsync), Who.Admin, async (u, w, a) =>
            await u.ExecuteAsync(a, await w.SpareAsync(), null) == RosterAnswer.Yes),
        Of<InviteMember>(nameof(InviteMember.ExecuteAsync), Who.Admin, async (u, _, a) =>
            (await u.ExecuteAsync(a, null, Role.Agent)).Outcome == InviteOutcome.Invited),
        Of<ShowInvitationLink>(nameof(ShowInvitationLink.ExecuteAsync), Who.Admin),
        Of<RevokeInvitation>(nameof(RevokeInvitation.ExecuteAsync), Who.Admin, async (u, w, a) =>
        {
            await w.Service<InviteMember>().ExecuteAsync(w.Owner, null, Role.Agent);
            var id = await w.Host.ReadAsync(db => db.Set<Invitation>().Where(i => i.RevokedAt == null).MaxAsync(i => i.Id));
            return await u.ExecuteAsync(a, id);
        }),

        // Settings.
        Of<WorkspaceSettingsQuery>(nameof(WorkspaceSettingsQuery.GetAsync), Who.Admin),
        Of<ChangeWorkspaceProfile>(nameof(ChangeWorkspaceProfile.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, "Chai & Co.", TwoWorkspaces.TimeZone, ["en"]) == SettingsOutcome.Saved),
        Of<ChangeSlug>(nameof(ChangeSlug.ExecuteAsync), Who.Admin, async (u, w, a) =>
        {
            var isMoved = (await u.ExecuteAsync(a, "role-matrix")).Outcome == SlugOutcome.Saved;
            await w.MoveBackAsync();
            return isMoved;
        }),
        Of<ChangeSlug>(nameof(ChangeSlug.LookAsync), Who.Admin),
        Of<ChangeAgentAccess>(nameof(ChangeAgentAccess.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, AgentSettings.Default) == SettingsOutcome.Saved),
        Of<SetBusinessHours>(nameof(SetBusinessHours.ExecuteAsync), Who.Admin, async (u, _, a) =>
            (await u.ExecuteAsync(a, [])).Outcome == SettingsOutcome.Saved),
        Of<SetLegalProfile>(nameof(SetLegalProfile.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, LegalProfile.India) == SettingsOutcome.Saved),
        Of<ChangeMessaging>(nameof(ChangeMessaging.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, ReadReceipts.WhenReplied, null) == SettingsOutcome.Saved),
        Of<DemandTwoFactor>(nameof(DemandTwoFactor.ExecuteAsync), Who.Admin, async (u, _, a) =>
            await u.ExecuteAsync(a, isDemanded: false) == SettingsOutcome.Saved),
        Of<ExportWorkspace>(nameof(ExportWorkspace.ExecuteAsync), Who.Admin, async (u, _, a) =>
            (await u.ExecuteAsync(a, "Roles")).Outcome == ExportOutcome.Ready),
        Of<ExportWorkspace>(nameof(ExportWorkspace.IsTicketOf), Who.Admin),
        Of<WorkspaceExport>(nameof(WorkspaceExport.WriteAsync), Who.Admin),
        Of<AskForDeletion>(nameof(AskForDeletion.ExecuteAsync), Who.Admin),
        Of<KeepWorkspace>(nameof(KeepWorkspace.ExecuteAsync), Who.Admin, async (u, w, a) =>
        {
            await w.Service<AskForDeletion>().ExecuteAsync(w.Owner, "Chai & Co.");
            return await u.ExecuteAsync(a);
        }),
        Of<BillingQuery>(nameof(BillingQuery.GetAsync), Who.Admin),
        Of<SaveBillingDetails>(nameof(SaveBillingDetails.ExecuteAsync), Who.Admin, async (u, _, a) =>
            (await u.ExecuteAsync(a, new BillingInput { CompanyName = "Chai Private Limited" })).Outcome == BillingOutcome.Saved),

        // The audit log.
        Of<AuditQuery>(nameof(AuditQuery.GetAsync), Who.Admin),
        Of<AuditQuery>(nameof(AuditQuery.PeopleAsync), Who.Admin),
        Of<AuditQuery>(nameof(AuditQuery.TimeZoneAsync), Who.Admin),
        Of<AuditCheck>(nameof(AuditCheck.ExecuteAsync), Who.Admin, async (u, _, a) => await u.ExecuteAsync(a) is not null),
        Of<AuditExport>(nameof(AuditExport.ExecuteAsync), Who.Admin),

        .. Accounts(),
        .. Numbers(),
        .. Templates(),
        .. Scheduling(),
        .. Failures(),
        .. Work(),
        .. Teams(),
        .. Views(),
        .. Hands(),
        .. Notices(),
        .. Search(),
        .. AddressBook(),
        .. Floor(),
        .. Events(),
    ];

    /// <summary>Methods that take somebody and are the same for every role, with the reason. The rest of <see cref="Crossings.Exempt"/> counts too.</summary>
    public static IReadOnlyDictionary<string, string> SameForAll { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Actors.FindAsync"] = "says who somebody is, and what role that is",
        ["Actors.FindMovedAsync"] = "says where a workspace of one's own is now",
        ["Actors.FindRecentAsync"] = "says who somebody is, and what role that is",
        ["Actors.ListAsync"] = "lists the workspaces of whoever asks",
        ["Actors.NeedsSecondFactorAsync"] = "says what is missing of whoever asks",
        ["CreateWorkspace.ExecuteAsync"] = "asks what people may who have no role yet; tried in SignUpTests",
        ["PersonPictures.FindAsync"] = "asks for a workspace in common, and for no role",
        ["SessionBook.IsOpenAsync"] = "looks at sessions of whoever asks",
        ["SessionBook.WasOpenAsync"] = "looks at sessions of whoever asks",
        ["AcceptInvitation.ExecuteAsync"] = "asks for the token of the link, and for no role",
        ["ErasedWorkspaces.FindAsync"] = "tells every former member the same",
        ["LeaveWorkspace.ExecuteAsync"] = "is open to every member; tried in MembersTests",
        ["ClaimIdempotencyKey.ExecuteAsync"] = "is for keys alone, which have no role; tried in SendTests",
        ["SharedRows.GetAsync"] = "is cut to what a reader may see by the queries that are tried",
    };

    /// <summary>The address of each page, and who gets to see more of it than a refusal.</summary>
    public static IReadOnlyDictionary<string, Who> Pages { get; } = new Dictionary<string, Who>(StringComparer.Ordinal)
    {
        ["/"] = Who.Member,
        ["/account/new-workspace"] = Who.Member,
        ["/account/profile"] = Who.Member,
        ["/account/security"] = Who.Member,
        ["/account/two-factor"] = Who.Member,
        ["/confirm-email"] = Who.Anybody,
        ["/docs/api"] = Who.Anybody,
        ["/error"] = Who.Anybody,
        ["/finish-joining"] = Who.Anybody,
        ["/finish-sign-up"] = Who.Anybody,
        ["/forbidden"] = Who.Anybody,
        ["/forgot-password"] = Who.Anybody,
        ["/invitation/{Token}"] = Who.Anybody,
        ["/not-found"] = Who.Anybody,
        ["/reset-password"] = Who.Anybody,
        ["/sign-in"] = Who.Anybody,
        ["/sign-in/second-step"] = Who.Anybody,
        ["/sign-up"] = Who.Anybody,
        ["/w/{Workspace}/inbox/{ConversationId:long?}"] = Who.Member,
        ["/w/{Workspace}/inbox/search/{ConversationId:long?}"] = Who.Member,
        ["/w/{Workspace}/failed"] = Who.Member,
        ["/w/{Workspace}/floor/{ConversationId:long?}"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/views"] = Who.Member,
        ["/w/{Workspace}/leave"] = Who.Member,
        ["/w/{Workspace}/contacts"] = Who.Member,
        ["/w/{Workspace}/contacts/{Id:long}"] = Who.Member,
        ["/w/{Workspace}/settings/contact-fields"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/api-keys"] = Who.Admin,
        ["/w/{Workspace}/settings/webhooks"] = Who.Admin,
        ["/w/{Workspace}/settings/webhooks/{Id:long}"] = Who.Admin,
        ["/w/{Workspace}/settings/audit"] = Who.Admin,
        ["/w/{Workspace}/settings/billing"] = Who.Admin,
        ["/w/{Workspace}/settings/general"] = Who.Admin,
        ["/w/{Workspace}/settings/sending"] = Who.Admin,
        ["/w/{Workspace}/settings/numbers"] = Who.Admin,
        ["/w/{Workspace}/settings/numbers/new"] = Who.Admin,
        ["/w/{Workspace}/settings/numbers/{Id:long}"] = Who.Admin,
        ["/w/{Workspace}/new"] = Who.Member,
        ["/w/{Workspace}/scheduled"] = Who.Member,
        ["/w/{Workspace}/settings/people"] = Who.Admin,
        ["/w/{Workspace}/settings"] = Who.Member,
        ["/w/{Workspace}/drafts"] = Who.Member,
        ["/w/{Workspace}/settings/replies"] = Who.Member,
        ["/w/{Workspace}/settings/assignment"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/labels"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/teams"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/templates"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/templates/new"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/templates/{Id:long}"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/settings/templates/{Id:long}/edit"] = Who.ManagerAndAdmin,
        ["/w/{Workspace}/start"] = Who.Admin,
    };

    /// <summary>
    /// Who of the people gets an answer of each endpoint that is no page. Under <c>/api</c> a key is asked for, which no
    /// person is; tried with keys in ScopeTests.
    /// </summary>
    public static IReadOnlyDictionary<string, Who> Endpoints { get; } = new Dictionary<string, Who>(StringComparer.Ordinal)
    {
        ["POST /account/passkey-options"] = Who.Member | Who.Stranger,
        ["ANY /api/{**rest}"] = Who.Nobody,
        ["GET /api/v1/contacts"] = Who.Nobody,
        ["POST /api/v1/contacts"] = Who.Nobody,
        ["GET /api/v1/contacts/{id:long}"] = Who.Nobody,
        ["PATCH /api/v1/contacts/{id:long}"] = Who.Nobody,
        ["POST /api/v1/contacts/{id:long}/consents"] = Who.Nobody,
        ["GET /api/v1/contact-fields"] = Who.Nobody,
        ["POST /api/v1/conversations/{id:long}/assign"] = Who.Nobody,
        ["POST /api/v1/conversations/{id:long}/close"] = Who.Nobody,
        ["POST /api/v1/conversations/{id:long}/reopen"] = Who.Nobody,
        ["POST /api/v1/conversations/{id:long}/snooze"] = Who.Nobody,
        ["POST /api/v1/conversations/{id:long}/no-reply-needed"] = Who.Nobody,
        ["PUT /api/v1/conversations/{id:long}/labels/{label:long}"] = Who.Nobody,
        ["DELETE /api/v1/conversations/{id:long}/labels/{label:long}"] = Who.Nobody,
        ["POST /api/v1/conversations/{id:long}/notes"] = Who.Nobody,
        ["GET /api/v1/labels"] = Who.Nobody,
        ["GET /api/v1/members"] = Who.Nobody,
        ["GET /api/v1/teams"] = Who.Nobody,
        ["GET /api/v1/webhooks"] = Who.Nobody,
        ["GET /api/v1/webhooks/{id:long}/events"] = Who.Nobody,
        ["POST /api/v1/webhooks/{id:long}/replay"] = Who.Nobody,
        ["POST /api/v1/events/{id:long}/replay"] = Who.Nobody,
        ["GET /api/v1/conversations"] = Who.Nobody,
        ["GET /api/v1/conversations/{id:long}"] = Who.Nobody,
        ["POST /api/v1/media"] = Who.Nobody,
        ["GET /api/v1/media/{id:long}"] = Who.Nobody,
        ["GET /api/v1/media/{id:long}/content"] = Who.Nobody,
        ["HEAD /api/v1/media/{id:long}/content"] = Who.Nobody,
        ["GET /api/v1/messages"] = Who.Nobody,
        ["POST /api/v1/messages"] = Who.Nobody,
        ["GET /api/v1/templates"] = Who.Nobody,
        ["GET /api/v1/openapi.json"] = Who.Anybody,
        ["GET /api/v1/webhook-deliveries"] = Who.Nobody,
        ["POST /api/v1/webhook-deliveries/{id:long}/replay"] = Who.Nobody,
        ["POST /demo/sign-in"] = Who.Anybody,
        ["ANY /health/live"] = Who.Anybody,
        ["ANY /health/ready"] = Who.Anybody,
        ["ANY /hubs/inbox"] = Who.Member | Who.Stranger,
        ["ANY /hubs/inbox/negotiate"] = Who.Member | Who.Stranger,
        ["GET /people/{person:long}/picture"] = Who.Anybody,
        ["POST /sign-in/passkey-options"] = Who.Anybody,
        ["POST /sign-out"] = Who.Anybody,
        ["GET /sign-up/address"] = Who.Anybody,
        ["GET /webhooks/whatsapp/{appKey}"] = Who.Anybody,
        ["POST /webhooks/whatsapp/{appKey}"] = Who.Anybody,
        ["GET /w/{workspace}/media/{file:long}"] = Who.Member,

        // The canary is no picture.
        ["GET /w/{workspace}/media/{file:long}/thumbnail"] = Who.Nobody,

        // Without the token of a page, nobody; tried with it in UploadTests.
        ["POST /w/{workspace}/media"] = Who.Nobody,
        ["DELETE /w/{workspace}/media/{file:long}"] = Who.Nobody,
        ["GET /w/{workspace}/settings/audit/export.{format}"] = Who.Admin,
        ["GET /w/{workspace}/settings/export/{ticket}"] = Who.Admin,
    };

    private static RoleRow Of<T>(string method, Who who, Func<T, TwoWorkspaces, Actor, Task<bool>>? workedAsync = null)
        where T : notnull
    {
        var name = $"{typeof(T).Name}.{method}";
        return new RoleRow(name, who, workedAsync is null
            ? async (world, actor) => !IsolationTests.IsNothing(await Crossings.All.Single(c => c.Method == name).TryAsync(world, actor))
            : (world, actor) => workedAsync(world.Service<T>(), world, actor));
    }
}
