using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>Names of the hub's groups. Each holds only people who may see what is announced to it.</summary>
internal static class InboxGroups
{
    /// <summary>People who see every conversation.</summary>
    public static string All(WorkspaceId workspace) => $"w{workspace}:all";

    /// <summary>People who see, beside their own, what nobody holds.</summary>
    public static string Unassigned(WorkspaceId workspace) => $"w{workspace}:unassigned";

    /// <summary>What one member holds or takes part in, for a member who does not see all.</summary>
    public static string HeldBy(WorkspaceId workspace, long member) => $"w{workspace}:held-by:{member}";

    /// <summary>One person's own screens.</summary>
    public static string Person(WorkspaceId workspace, UserId person) => $"w{workspace}:person:{person}";

    /// <summary>Those who may see a conversation.</summary>
    public static IEnumerable<string> Of(WorkspaceId workspace, Audience audience)
    {
        yield return All(workspace);
        if (audience.AssigneeId is null)
        {
            yield return Unassigned(workspace);
        }

        var members = audience.Participants.Members.Select(p => p.Value);
        foreach (var member in audience.AssigneeId is { } holder ? members.Prepend(holder.Value).Distinct() : members)
        {
            yield return HeldBy(workspace, member);
        }
    }

    public static IEnumerable<string> For(Actor actor)
    {
        yield return Person(actor.Workspace, actor.User);
        if (actor.May(Permission.SeeAllConversations))
        {
            yield return All(actor.Workspace);
            yield break;
        }

        yield return HeldBy(actor.Workspace, actor.User.Value);
        if (actor.MaySeeHeldBy(assignee: null))
        {
            yield return Unassigned(actor.Workspace);
        }
    }
}
