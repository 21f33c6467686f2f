namespace Weflux.Domain.Team;

/// <summary>Who gets a conversation that waits and that nobody holds. The numbers are stored.</summary>
public enum AssignmentMode
{
    /// <summary>Nobody: it waits until somebody takes it.</summary>
    Off = 1,

    /// <summary>Whoever was given a conversation longest ago.</summary>
    RoundRobin = 2,

    /// <summary>Whoever has the fewest open conversations.</summary>
    LeastBusy = 3,

    /// <summary>A team, whose own rule goes on from there.</summary>
    ToTeam = 4,
}

/// <summary>How conversations of one number, or of one team, are given to people by themselves.</summary>
public sealed class AssignmentRule
{
    private AssignmentRule()
    {
    }

    /// <summary>The key in the database.</summary>
    public long Id { get; private set; }

    /// <summary>The business it belongs to.</summary>
    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>The number whose conversations it is about, those of no team; null for the rule of a team.</summary>
    public long? ConnectionId { get; private set; }

    /// <summary>The team whose conversations it is about; null for the rule of a number.</summary>
    public long? TeamId { get; private set; }

    /// <summary>Who gets them.</summary>
    public AssignmentMode Mode { get; private set; } = AssignmentMode.Off;

    /// <summary>The team to which <see cref="AssignmentMode.ToTeam"/> gives them; null otherwise.</summary>
    public long? GoesToTeamId { get; private set; }

    /// <summary>Whether only while the business is open, if anybody has said when that is.</summary>
    public bool OnlyInHours { get; private set; }

    /// <summary>Whether whoever held the conversation last gets it again, if they can.</summary>
    public bool IsSticky { get; private set; } = true;

    /// <summary>Whether a number's conversations go to Managers and Admins too, and not to Agents alone. A team's go to its members, whatever their role.</summary>
    public bool IncludesManagers { get; private set; }

    /// <summary>A rule for a number that gives nothing to anybody yet.</summary>
    public static AssignmentRule OfNumber(WorkspaceId workspace, long connectionId) => new() { WorkspaceId = workspace, ConnectionId = connectionId };

    /// <summary>A rule for a team that gives nothing to anybody yet.</summary>
    public static AssignmentRule OfTeam(WorkspaceId workspace, long teamId) => new() { WorkspaceId = workspace, TeamId = teamId };

    /// <summary>Decides anew.</summary>
    /// <param name="terms">What was decided.</param>
    /// <returns>False if it makes no sense: a team's conversations cannot go to a team, and only <see cref="AssignmentMode.ToTeam"/> names one.</returns>
    public bool Set(AssignmentTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (!Enum.IsDefined(terms.Mode) || (terms.Mode == AssignmentMode.ToTeam) != terms.GoesToTeamId is not null
            || (TeamId is not null && (terms.Mode == AssignmentMode.ToTeam || terms.IncludesManagers)))
        {
            return false;
        }

        (Mode, GoesToTeamId, OnlyInHours, IsSticky, IncludesManagers) =
            (terms.Mode, terms.GoesToTeamId, terms.OnlyInHours, terms.IsSticky, terms.IncludesManagers);
        return true;
    }

    /// <summary>What is decided now.</summary>
    public AssignmentTerms Terms => new(Mode, GoesToTeamId, OnlyInHours, IsSticky, IncludesManagers);
}

/// <summary>What somebody decides about giving conversations to people by themselves.</summary>
/// <param name="Mode">Who gets them.</param>
/// <param name="GoesToTeamId">The team, for <see cref="AssignmentMode.ToTeam"/>; null otherwise.</param>
/// <param name="OnlyInHours">Whether only while the business is open.</param>
/// <param name="IsSticky">Whether whoever held one last gets it again, if they can.</param>
/// <param name="IncludesManagers">Whether a number's go to Managers and Admins too.</param>
public sealed record AssignmentTerms(
    AssignmentMode Mode, long? GoesToTeamId = null, bool OnlyInHours = false, bool IsSticky = true, bool IncludesManagers = false)
{
    /// <summary>What holds where nobody has decided anything.</summary>
    public static AssignmentTerms Off { get; } = new(AssignmentMode.Off);
}

/// <summary>When somebody was last given a conversation, by a rule or by a person: what the rota goes by.</summary>
public sealed class AssignmentTurn
{
    /// <summary>The business.</summary>
    public required WorkspaceId WorkspaceId { get; init; }

    /// <summary>The member.</summary>
    public required UserId UserId { get; init; }

    /// <summary>The change counter of the workspace when it was given: larger is later, and no two are the same in a row of turns.</summary>
    public required long LastGiven { get; set; }
}
