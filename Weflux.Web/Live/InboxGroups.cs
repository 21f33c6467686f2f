using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>Names of the hub's groups. Each holds only people who may see what is announced to it.</summary>
internal static class InboxGroups
{
    /// <summary>People who see every conversation.</summary>
    public static string All(WorkspaceId workspace) => $"w{workspace}:all";

    /// <summary>People who see, beside their own, what nobody holds.</summary>
    public static string Unassigned(WorkspaceId workspace) => $"w{workspace}:unassigned";

    /// <summary>What one member holds, for a member who does not see all.</summary>
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
        if (actor.MaySee(assignee: null))
        {
            yield return Unassigned(actor.Workspace);
        }
    }
}
