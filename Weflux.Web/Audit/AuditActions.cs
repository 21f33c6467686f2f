namespace Weflux.Web.Audit;

/// <summary>What can be on record, and how the log words it.</summary>
public static class AuditActions
{
    public const string WorkspaceCreated = "workspace.created";
    public const string WorkspaceRenamed = "workspace.renamed";
    public const string WorkspaceMoved = "workspace.moved";
    public const string AgentAccessChanged = "workspace.agent-access-changed";
    public const string HoursChanged = "workspace.hours-changed";
    public const string LegalProfileChanged = "workspace.legal-profile-changed";
    public const string TwoFactorDemanded = "workspace.two-factor-changed";
    public const string MessagingChanged = "workspace.messaging-changed";
    public const string NoticesChanged = "workspace.notices-changed";
    public const string DeletionAsked = "workspace.deletion-asked";
    public const string DeletionStopped = "workspace.deletion-stopped";
    public const string WorkspaceExported = "workspace.exported";
    public const string MemberInvited = "invitation.made";
    public const string InvitationRevoked = "invitation.revoked";
    public const string InvitationShown = "invitation.link-shown";
    public const string MemberJoined = "member.joined";
    public const string RoleChanged = "member.role-changed";
    public const string MemberDeactivated = "member.deactivated";
    public const string MemberReactivated = "member.reactivated";
    public const string MemberRemoved = "member.removed";
    public const string MemberLeft = "member.left";
    public const string CapacityChanged = "member.capacity-changed";
    public const string BillingChanged = "billing.changed";
    public const string AuditExported = "audit.exported";
    public const string AuditVerified = "audit.verified";
    public const string ApiKeyIssued = "api-key.issued";
    public const string ApiKeyRevoked = "api-key.revoked";
    public const string WebhookMade = "webhook.made";
    public const string WebhookEdited = "webhook.edited";
    public const string WebhookSwitched = "webhook.switched";
    public const string WebhookDeleted = "webhook.deleted";
    public const string WebhookSecretRotated = "webhook.secret-rotated";
    public const string WebhookOldSecretStopped = "webhook.old-secret-stopped";
    public const string WebhookTested = "webhook.tested";
    public const string WebhookReplayed = "webhook.replayed";
    public const string ResetLinkIssued = "person.reset-link-issued";
    public const string SecondStepRemoved = "person.second-step-removed";
    public const string TrialNumberTaken = "number.trial-taken";
    public const string DeliveryReplayed = "delivery.replayed";
    public const string NumberConnected = "number.connected";
    public const string NumberSubscribed = "number.subscribed";
    public const string NumberPaused = "number.paused";
    public const string NumberResumed = "number.resumed";
    public const string NumberDisconnected = "number.disconnected";
    public const string TokenRotated = "number.token-rotated";
    public const string AppSecretRotated = "number.secret-rotated";
    public const string OldSecretStopped = "number.old-secret-stopped";
    public const string AppIdEntered = "number.app-id-entered";

    public const string TemplateMade = "template.made";
    public const string TemplateEdited = "template.edited";
    public const string TemplateDeleted = "template.deleted";
    public const string TemplateTakenUp = "template.taken_up";

    public const string ReplyShared = "reply.shared";
    public const string ReplyEdited = "reply.edited";
    public const string ReplyDeleted = "reply.deleted";
    public const string LabelMade = "label.made";
    public const string LabelEdited = "label.edited";
    public const string LabelDeleted = "label.deleted";
    public const string CloseReasonAdded = "close-reason.added";
    public const string CloseReasonRemoved = "close-reason.removed";

    public const string TeamMade = "team.made";
    public const string TeamRenamed = "team.renamed";
    public const string TeamMembersChanged = "team.members-changed";
    public const string TeamArchived = "team.archived";
    public const string TeamRestored = "team.restored";
    public const string AssignmentChanged = "assignment.rule-changed";
    public const string AbsenceChanged = "assignment.absence-changed";

    public const string ViewShared = "view.shared";
    public const string ViewEdited = "view.edited";
    public const string ViewDeleted = "view.deleted";

    public const string NumberRevealed = "contact.number-revealed";
    public const string ContactBlocked = "contact.blocked";
    public const string ContactUnblocked = "contact.unblocked";
    public const string ConsentRecorded = "contact.consent-recorded";
    public const string ContactFieldSaved = "contact-field.saved";
    public const string ContactFieldArchived = "contact-field.archived";
    public const string StageSaved = "contact-stage.saved";
    public const string StageArchived = "contact-stage.archived";

    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        [WorkspaceCreated] = "Created the workspace",
        [WorkspaceRenamed] = "Changed the name, time zone or languages",
        [WorkspaceMoved] = "Changed the address of the workspace",
        [AgentAccessChanged] = "Changed what Agents see",
        [HoursChanged] = "Changed the business hours",
        [LegalProfileChanged] = "Changed the legal profile",
        [TwoFactorDemanded] = "Changed whether a second step is needed",
        [MessagingChanged] = "Changed blue ticks or the catalogue",
        [NoticesChanged] = "Changed what notices may show",
        [DeletionAsked] = "Asked for the workspace to be deleted",
        [DeletionStopped] = "Kept the workspace",
        [WorkspaceExported] = "Exported the whole workspace",
        [MemberInvited] = "Invited somebody",
        [InvitationRevoked] = "Revoked an invitation",
        [InvitationShown] = "Showed the link of an invitation again",
        [MemberJoined] = "Joined the workspace",
        [RoleChanged] = "Changed a role",
        [MemberDeactivated] = "Deactivated a member",
        [MemberReactivated] = "Reactivated a member",
        [MemberRemoved] = "Removed a member",
        [MemberLeft] = "Left the workspace",
        [CapacityChanged] = "Changed how many conversations a member is given",
        [BillingChanged] = "Changed the billing details",
        [AuditExported] = "Exported the audit log",
        [AuditVerified] = "Had the audit log verified",
        [ApiKeyIssued] = "Issued an API key",
        [ApiKeyRevoked] = "Revoked an API key",
        [WebhookMade] = "Made a webhook",
        [WebhookEdited] = "Changed a webhook",
        [WebhookSwitched] = "Switched a webhook on or off",
        [WebhookDeleted] = "Deleted a webhook",
        [WebhookSecretRotated] = "Gave a webhook a new secret",
        [WebhookOldSecretStopped] = "Stopped signing with the old secret of a webhook",
        [WebhookTested] = "Sent a test to a webhook",
        [WebhookReplayed] = "Had events sent again to a webhook",
        [ResetLinkIssued] = "Made a link to choose a new password",
        [SecondStepRemoved] = "Removed the second step of a member from the command line",
        [TrialNumberTaken] = "Took a pretend number to try Weflux with",
        [DeliveryReplayed] = "Had a parked webhook tried again",
        [NumberConnected] = "Connected a number",
        [NumberSubscribed] = "Had Meta send the webhooks of a number here",
        [NumberPaused] = "Paused sending from a number",
        [NumberResumed] = "Resumed sending from a number",
        [NumberDisconnected] = "Disconnected a number",
        [TokenRotated] = "Changed the access token of a number",
        [AppSecretRotated] = "Changed the app secret of a number",
        [OldSecretStopped] = "Stopped accepting the old app secret of a number",
        [AppIdEntered] = "Entered the Meta app id of a number",
        [TemplateMade] = "Sent a new template to Meta for review",
        [TemplateEdited] = "Edited a template",
        [TemplateDeleted] = "Deleted a template",
        [ReplyShared] = "Wrote a canned reply for everybody",
        [ReplyEdited] = "Changed a canned reply of everybody",
        [ReplyDeleted] = "Deleted a canned reply of everybody",
        [LabelMade] = "Made a label",
        [LabelEdited] = "Changed a label",
        [LabelDeleted] = "Deleted a label",
        [TeamMade] = "Made a team",
        [TeamRenamed] = "Gave a team another name",
        [TeamMembersChanged] = "Changed who is in a team",
        [TeamArchived] = "Put a team away",
        [TeamRestored] = "Took a team up again",
        [AssignmentChanged] = "Changed how conversations are given to people",
        [AbsenceChanged] = "Changed hand-overs, or what becomes of conversations of people who are not there",
        [ViewShared] = "Shared a view of the inbox",
        [ViewEdited] = "Changed a shared view of the inbox",
        [ViewDeleted] = "Deleted a shared view of the inbox",
        [CloseReasonAdded] = "Added a reason for closing",
        [CloseReasonRemoved] = "Removed a reason for closing",
        [TemplateTakenUp] = "Took a paused template up again",
        [NumberRevealed] = "Had the phone number of a contact shown in full",
        [ContactBlocked] = "Blocked a contact",
        [ContactUnblocked] = "Unblocked a contact",
        [ConsentRecorded] = "Recorded what a contact agreed to or stopped",
        [ContactFieldSaved] = "Made or changed a field of contacts",
        [ContactFieldArchived] = "Put a field of contacts away or back",
        [StageSaved] = "Made or changed a lifecycle stage",
        [StageArchived] = "Put a lifecycle stage away or back",
    };

    /// <summary>Every action, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Sentences.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The action in words; the action itself if it is one of a later version.</summary>
    public static string Sentence(string action) => Sentences.GetValueOrDefault(action, action);
}
