namespace Weflux.Domain.Team;

/// <summary>
/// Who is acting, where and as what, asked for anew at each action and never remembered from sign-in: a person with a
/// role, or a program with an API key. Every use case and query takes one.
/// </summary>
/// <param name="Workspace">The workspace acted in.</param>
/// <param name="User">The person; nobody (zero) for an API key.</param>
/// <param name="Name">The name of the person or of the key, for display and on record.</param>
/// <param name="Role">The person's role in this workspace; none (zero) for an API key.</param>
/// <param name="Settings">What the workspace lets its Agents do beyond their role.</param>
public sealed record Actor(WorkspaceId Workspace, UserId User, string Name, Role Role, AgentSettings Settings)
{
    /// <summary>The API key that acts; null if a person does.</summary>
    public ApiKeyGrant? Key { get; private init; }

    /// <summary>The network address from which the person or the program acts, for the record; null if it is not known.</summary>
    public string? From { get; init; }

    /// <summary>A program that acts with an API key. It has no role and is nobody's person: its scopes alone count.</summary>
    public static Actor WithKey(WorkspaceId workspace, ApiKeyGrant key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new Actor(workspace, default, key.Name, default, AgentSettings.Default) { Key = key };
    }

    /// <summary>Whether the person or the key may do this here.</summary>
    public bool May(Permission permission) => Key is not null
        ? ApiScopes.Allow(Key.Scopes, permission)
        : Permissions.Allow(Role, permission) || (Role == Role.Agent && Settings.Widen(permission));

    /// <summary>The teams that the person is in; none for an API key.</summary>
    public TeamSet Teams { get; init; } = TeamSet.None;

    /// <summary>
    /// Whether the person sees conversations that nobody holds: all of them with <see cref="Permission.SeeAllConversations"/>,
    /// else those of no team and of the person's own teams.
    /// </summary>
    public bool SeesUnassigned => SeesAll || (May(Permission.WorkConversations) && Settings.Visibility != AgentVisibility.Own);

    // A key that may send into conversations or work them may do so in each: it holds none.
    private bool SeesAll => May(Permission.SeeAllConversations)
        || (Key is not null && (May(Permission.SendMessages) || May(Permission.SendTemplates) || May(Permission.WorkConversations)));

    /// <summary>Whether the person or the key may see a conversation, judged by whose it is.</summary>
    /// <param name="held">Whose it is. Whoever is asked to take it over, or takes part in it, sees it as well.</param>
    /// <remarks>A key that may send into conversations or work them may do so in each: it holds none.</remarks>
    public bool MaySee(Holding held) =>
        SeesAll
        || (May(Permission.WorkConversations)
            && (held.Assignee == User
                || held.AskedMember == User
                || Teams.Has(held.AskedTeam)
                || (Key is null && held.IsJoinedBy(User))
                || (held.Assignee is null && SeesUnassigned && (held.Team is null || Teams.Has(held.Team)))));
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
