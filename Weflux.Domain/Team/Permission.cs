namespace Weflux.Domain.Team;

/// <summary>One thing that somebody may or may not do. <see cref="Permissions"/> says it of roles, <see cref="ApiScopes"/> of API keys.</summary>
public enum Permission
{
    /// <summary>Reply, note, label, snooze and close what one sees.</summary>
    WorkConversations,

    /// <summary>Send a message that is no template.</summary>
    SendMessages,

    /// <summary>Take an unassigned conversation, hand one back, ask for a hand-over.</summary>
    TakeUnassigned,

    /// <summary>See every conversation, whoever holds it.</summary>
    SeeAllConversations,

    /// <summary>Read the messages of every conversation in one stream.</summary>
    ReadAllMessages,

    /// <summary>See every contact, not only those of conversations one sees.</summary>
    SeeAllContacts,

    /// <summary>Assign a conversation to somebody else, one or many at once.</summary>
    AssignToOthers,

    /// <summary>Make teams, say who is in them, and how conversations are given to people and taken off those who are not there.</summary>
    ArrangeTeams,

    /// <summary>See the live floor board and reports.</summary>
    WatchFloor,

    /// <summary>Put files into the store in order to send them.</summary>
    UploadFiles,

    /// <summary>Edit attributes of contacts one sees.</summary>
    EditContacts,

    /// <summary>See phone numbers in full without asking.</summary>
    SeePhoneNumbers,

    /// <summary>Reveal one masked phone number, with a reason, on record.</summary>
    RevealPhoneNumber,

    /// <summary>Merge and import contacts, record consent with evidence, block a contact, say which fields and stages contacts have.</summary>
    CurateContacts,

    /// <summary>Write canned replies that everybody can use.</summary>
    EditSharedReplies,

    /// <summary>Make and edit labels, and the reasons for closing.</summary>
    EditLabels,

    /// <summary>Save views of the inbox for others.</summary>
    ShareViews,

    /// <summary>See which templates there are.</summary>
    SeeTemplates,

    /// <summary>Send an approved template.</summary>
    SendTemplates,

    /// <summary>Create and edit templates.</summary>
    EditTemplates,

    /// <summary>Export data, with a reason, on record.</summary>
    ExportData,

    /// <summary>Connect numbers and enter credentials.</summary>
    ManageConnections,

    /// <summary>See the journal of webhook deliveries and why something was parked, without bodies.</summary>
    SeeDeliveries,

    /// <summary>Have parked webhook deliveries tried again.</summary>
    ReplayDeliveries,

    /// <summary>Invite people and change roles.</summary>
    ManagePeople,

    /// <summary>Retention, legal profile, privacy requests.</summary>
    ManagePrivacy,

    /// <summary>Issue and revoke API keys.</summary>
    ManageApiKeys,

    /// <summary>Say which events are told to whom outside, and with what secret.</summary>
    ManageWebhooks,

    /// <summary>See which events were told to whom outside, and what became of each.</summary>
    SeeEvents,

    /// <summary>Have events sent outside again.</summary>
    ReplayEvents,

    /// <summary>Read the audit log.</summary>
    ReadAuditLog,

    /// <summary>Billing details, workspace settings and deleting the workspace.</summary>
    ManageWorkspace,
}
