using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>Names of the hub's groups. Each holds only people who may see what is announced to it.</summary>
internal static class InboxGroups
{
    /// <summary>People who see every conversation.</summary>
    public static string All(WorkspaceId workspace) => $"w{workspace}:all";

    /// <summary>People who see, beside their own, what nobody holds and what belongs to no team.</summary>
    public static string Unassigned(WorkspaceId workspace) => $"w{workspace}:unassigned";

    /// <summary>People of a team who see, beside their own, what nobody holds of it.</summary>
    public static string OfTeam(WorkspaceId workspace, long team) => $"w{workspace}:team:{team}";

    /// <summary>People of a team, for what the team is asked to take over.</summary>
    public static string AskedOf(WorkspaceId workspace, long team) => $"w{workspace}:asked-of:{team}";

    /// <summary>What one member holds, takes part in or is asked to take over, for a member who does not see all.</summary>
    public static string HeldBy(WorkspaceId workspace, long member) => $"w{workspace}:held-by:{member}";

    /// <summary>One person's own screens.</summary>
    public static string Person(WorkspaceId workspace, UserId person) => $"w{workspace}:person:{person}";

    /// <summary>Every member, for what members know of each other.</summary>
    public static string Members(WorkspaceId workspace) => $"w{workspace}:members";

    public static IEnumerable<string> For(Actor actor)
    {
        yield return Person(actor.Workspace, actor.User);
        yield return Members(actor.Workspace);
        if (actor.May(Permission.SeeAllConversations))
        {
            yield return All(actor.Workspace);
            yield break;
        }

        yield return HeldBy(actor.Workspace, actor.User.Value);
        foreach (var team in actor.Teams.Ids)
        {
            yield return AskedOf(actor.Workspace, team);
        }

        if (!actor.SeesUnassigned)
        {
            yield break;
        }

        yield return Unassigned(actor.Workspace);
        foreach (var team in actor.Teams.Ids)
        {
            yield return OfTeam(actor.Workspace, team);
        }
    }

    /// <summary>The groups that may see a conversation.</summary>
    public static IEnumerable<string> Seeing(WorkspaceId workspace, Holding held)
    {
        yield return All(workspace);
        if (held.Assignee is null)
        {
            yield return held.Team is { } team ? OfTeam(workspace, team) : Unassigned(workspace);
        }

        UserId?[] people = [held.Assignee, held.AskedMember, .. held.Participants?.Members ?? []];
        foreach (var person in people.OfType<UserId>().Distinct())
        {
            yield return HeldBy(workspace, person.Value);
        }

        if (held.AskedTeam is { } askedTeam)
        {
            yield return AskedOf(workspace, askedTeam);
        }
    }
}
