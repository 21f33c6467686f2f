namespace Weflux.Domain.Team;

/// <summary>
/// Who is acting, where and as what, asked for anew at each action and never remembered from sign-in.
/// Every use case and query takes one.
/// </summary>
/// <param name="Workspace">The workspace acted in.</param>
/// <param name="User">The person.</param>
/// <param name="Name">The person's name, for display.</param>
/// <param name="Role">The person's role in this workspace.</param>
/// <param name="Settings">What the workspace lets its Agents do beyond their role.</param>
public sealed record Actor(WorkspaceId Workspace, UserId User, string Name, Role Role, AgentSettings Settings)
{
    /// <summary>Whether the person may do this here.</summary>
    public bool May(Permission permission) =>
        Permissions.Allow(Role, permission)
        || (Role == Role.Agent && Settings.Widen(permission));

    /// <summary>Whether the person may see a conversation, judged by who holds it.</summary>
    /// <param name="assignee">Who holds the conversation; null if nobody does.</param>
    public bool MaySee(UserId? assignee) =>
        May(Permission.SeeAllConversations)
        || (May(Permission.WorkConversations)
            && (assignee == User || (assignee is null && Settings.Visibility != AgentVisibility.Own)));
}

/// <summary>The settings of a workspace that decide what its Agents may see. They never narrow Managers or Admins.</summary>
/// <param name="Visibility">Which conversations Agents see.</param>
/// <param name="MaskPhoneNumbers">Whether Agents see phone numbers masked.</param>
/// <param name="MayReveal">Whether Agents may reveal a masked number with a reason.</param>
public readonly record struct AgentSettings(AgentVisibility Visibility, bool MaskPhoneNumbers, bool MayReveal)
{
    /// <summary>What a new workspace starts with: own and unassigned conversations, numbers masked, no reveal.</summary>
    public static AgentSettings Default => new(AgentVisibility.OwnAndUnassigned, MaskPhoneNumbers: true, MayReveal: false);

    internal bool Widen(Permission permission) => permission switch
    {
        Permission.SeeAllConversations => Visibility == AgentVisibility.All,
        Permission.SeePhoneNumbers => !MaskPhoneNumbers,
        Permission.RevealPhoneNumber => MayReveal,
        _ => false,
    };
}
