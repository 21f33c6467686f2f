using System.Collections.Frozen;

namespace Weflux.Domain.Team;

/// <summary>
/// The matrix of roles and permissions, in one table. Settings of a workspace can widen what an Agent sees or
/// reveals; <see cref="Actor"/> combines both.
/// </summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Permission, Role> LowestRole = new Dictionary<Permission, Role>
    {
        [Permission.WorkConversations] = Role.Agent,
        [Permission.SendMessages] = Role.Agent,
        [Permission.TakeUnassigned] = Role.Agent,
        [Permission.UploadFiles] = Role.Agent,
        [Permission.EditContacts] = Role.Agent,
        [Permission.SeeTemplates] = Role.Agent,
        [Permission.SendTemplates] = Role.Agent,
        [Permission.SeeAllConversations] = Role.Manager,
        [Permission.ReadAllMessages] = Role.Manager,
        [Permission.SeeAllContacts] = Role.Manager,
        [Permission.AssignToOthers] = Role.Manager,
        [Permission.ArrangeTeams] = Role.Manager,
        [Permission.WatchFloor] = Role.Manager,
        [Permission.SeePhoneNumbers] = Role.Manager,
        [Permission.RevealPhoneNumber] = Role.Manager,
        [Permission.CurateContacts] = Role.Manager,
        [Permission.EditSharedReplies] = Role.Manager,
        [Permission.EditLabels] = Role.Manager,
        [Permission.ShareViews] = Role.Manager,
        [Permission.EditTemplates] = Role.Manager,
        [Permission.ExportData] = Role.Manager,
        [Permission.ManageConnections] = Role.Admin,
        [Permission.SeeDeliveries] = Role.Admin,
        [Permission.ReplayDeliveries] = Role.Admin,
        [Permission.ManagePeople] = Role.Admin,
        [Permission.ManagePrivacy] = Role.Admin,
        [Permission.ManageApiKeys] = Role.Admin,
        [Permission.ManageWebhooks] = Role.Admin,
        [Permission.SeeEvents] = Role.Admin,
        [Permission.ReplayEvents] = Role.Admin,
        [Permission.ReadAuditLog] = Role.Admin,
        [Permission.ManageWorkspace] = Role.Admin,
    }.ToFrozenDictionary();

    /// <summary>Whether the role alone, without settings of the workspace, allows the permission.</summary>
    /// <returns>True if it does. An unknown role or permission is never allowed.</returns>
    public static bool Allow(Role role, Permission permission) =>
        role is Role.Agent or Role.Manager or Role.Admin
        && LowestRole.TryGetValue(permission, out var lowest)
        && role >= lowest;
}
