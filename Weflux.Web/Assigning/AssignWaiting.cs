using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Notices;
using Weflux.Web.Presence;
using Weflux.Web.Team;
using Weflux.Web.Work;

namespace Weflux.Web.Assigning;

/// <summary>
/// Gives what waits in a workspace to whom its rules say. The plan is made and carried out in one transaction under the
/// lock of the workspace, so that two nodes neither give a conversation twice nor give anybody more than they can hold.
/// </summary>
public sealed class AssignWaiting(WefluxDatabase database, PresenceQuery presence, InboxBroadcaster broadcaster, TimeProvider time)
{
    /// <returns>How many conversations were given to people.</returns>
    public async Task<int> RunAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var count = 0;
        while (await IsNeededAsync(workspace, cancellationToken))
        {
            var (given, changes) = await database.WriteAsync(workspace, db => CarryOutAsync(db, workspace, cancellationToken), cancellationToken);
            if (changes.Count == 0)
            {
                break;
            }

            count += given;
            await broadcaster.AnnounceAsync(workspace, changes);
        }

        return count;
    }

    /// <summary>Mostly there is nothing to give, and nobody who writes need wait for that.</summary>
    private async Task<bool> IsNeededAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await using var db = database.Open(workspace);
        return !(await AssignmentPlan.MakeAsync(db, presence, time.GetUtcNow(), cancellationToken)).IsEmpty;
    }

    private async Task<(int Given, List<ConversationChange> Changes)> CarryOutAsync(WefluxDbContext db, WorkspaceId workspace, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var now = time.GetUtcNow();
        if (!await db.IsStillThereAsync(workspace, cancellationToken)
            || await AssignmentPlan.MakeAsync(db, presence, now, cancellationToken) is not { IsEmpty: false } plan)
        {
            return (0, []);
        }

        // A turn of its own for each, so that the rota knows who came first.
        var first = await db.TakeSequenceAsync(Math.Max(1, plan.Givings.Count), cancellationToken);
        List<long> ids = [.. plan.Routings.Select(r => r.ConversationId), .. plan.Givings.Select(g => g.ConversationId)];
        var conversations = await db.Set<Conversation>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        var before = conversations.Values.ToDictionary(c => c, c => c.Holding);
        foreach (var (id, team) in plan.Routings)
        {
            conversations[id].GiveToTeam(team);
            db.Add(conversations[id].TellTeam(AssignmentReason.ByNumber, actor: null, now, first));
        }

        for (var i = 0; i < plan.Givings.Count; i++)
        {
            var (conversation, choice) = (conversations[plan.Givings[i].ConversationId], plan.Givings[i].Choice);
            conversation.Assign(choice.User);
            db.Add(conversation.TellAssigned(ConversationEventKind.Assigned, choice.Reason, choice.User, actor: null, now, first + i, Facts(choice)));
            await Turns.TakeAsync(db, workspace, choice.User, first + i, cancellationToken);
            await HolderNotices.FollowAsync(db, conversation, before[conversation], by: null, now, first + i, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return (plan.Givings.Count, [.. before.Select(b => ConversationChange.Of(b.Key, b.Value))]);
    }

    /// <summary>What the choice rests on, as the thread tells it.</summary>
    private static string Facts(AssignmentChoice choice) => choice.Capacity is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"{choice.Open} of {most}")
        : choice.Open.ToString(CultureInfo.InvariantCulture);
}
