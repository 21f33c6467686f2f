using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.Inbox.Together;

internal static class Colleagues
{
    /// <summary>Another active member of the workspace.</summary>
    public static async Task<UserId> ColleagueAsync(this InboxWorld world, string name)
    {
        await using var db = world.Database.OpenForSystem();
        var user = new WefluxUser { UserName = $"{name}@example.com", Name = name, SecurityStamp = "s" };
        db.Add(user);
        await db.SaveChangesAsync();
        db.Add(new Membership { WorkspaceId = world.Me.Workspace, UserId = new UserId(user.Id), Role = Role.Agent, JoinedAt = Rows.Noon });
        await db.SaveChangesAsync();
        return new UserId(user.Id);
    }
}
