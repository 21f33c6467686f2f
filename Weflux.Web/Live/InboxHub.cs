using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using Weflux.Domain.Team;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Live;

/// <summary>
/// Where screens hear that something changed. A connection joins one workspace, and with it the groups of what its
/// person may see there.
/// </summary>
[Authorize]
public sealed class InboxHub(Actors actors, AccessWatch access) : Hub<IInboxClient>
{
    private const string JoinedGroups = "groups";
    private const string Watching = "watching";

    /// <summary>Whoever's access changes is let go of and may come back: joining asks anew what the person may hear.</summary>
    public override Task OnConnectedAsync()
    {
        if (Context.User.UserId() is { } person)
        {
            Context.Items[Watching] = access.Watch(person, Context.Abort);
        }

        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        (Context.Items[Watching] as IDisposable)?.Dispose();
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Joins a workspace, leaving any other.</summary>
    /// <returns>False if the person is not an active member: then nothing is heard.</returns>
    [Authorize]
    public async Task<bool> JoinWorkspace(string slug)
    {
        // Not cancelled when the connection ends: it is short, and breaking it off would look like a fault.
        await LeaveAsync();
        var actor = Context.User.UserId() is { } user
            ? await actors.FindAsync(user, slug, CancellationToken.None)
            : null;
        if (actor is null || !actor.May(Permission.WorkConversations))
        {
            return false;
        }

        var groups = InboxGroups.For(actor).ToList();
        Context.Items[JoinedGroups] = groups;
        foreach (var group in groups)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, group, CancellationToken.None);
        }

        return true;
    }

    private async Task LeaveAsync()
    {
        if (Context.Items.TryGetValue(JoinedGroups, out var joined) && joined is List<string> groups)
        {
            foreach (var group in groups)
            {
                await Groups.RemoveFromGroupAsync(Context.ConnectionId, group, CancellationToken.None);
            }

            Context.Items.Remove(JoinedGroups);
        }
    }
}
