namespace Weflux.Domain.Team;

/// <summary>What a member is in one workspace. A person can hold different roles in different workspaces.</summary>
public enum Role
{
    /// <summary>Answers customers.</summary>
    Agent = 1,

    /// <summary>Assigns conversations and watches the floor.</summary>
    Manager = 2,

    /// <summary>Owns credentials, people and privacy.</summary>
    Admin = 3,
}

/// <summary>Which conversations the Agents of a workspace see. Managers and Admins see all.</summary>
public enum AgentVisibility
{
    /// <summary>Only those assigned to the Agent.</summary>
    Own = 1,

    /// <summary>Those assigned to the Agent and those assigned to nobody. The default.</summary>
    OwnAndUnassigned = 2,

    /// <summary>Every conversation of the workspace.</summary>
    All = 3,
}
