using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work.HandOvers;

/// <summary>Whoever is asked to take a conversation over accepts, and holds it from then on.</summary>
public sealed class AcceptHandOver(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => AcceptAsync(edit, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> AcceptAsync(WorkEdit edit, CancellationToken cancellationToken)
    {
        var conversation = edit.Conversation;
        if (edit.By is not { } me || !edit.Actor.May(Permission.TakeUnassigned))
        {
            return WorkOutcome.NotAllowed;
        }

        if (!await edit.IsAskedAsync(me, cancellationToken))
        {
            return WorkOutcome.NotAsked;
        }

        var giver = conversation.AssigneeId;
        conversation.Accept(me);
        edit.TellHandOver(ConversationEventKind.HandOverAccepted, giver);
        return WorkOutcome.Done;
    }
}

/// <summary>The member who is asked to take a conversation over would rather not: it stays where it is. One of a team cannot say that for all.</summary>
public sealed class DeclineHandOver(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => Task.FromResult(Decline(edit)), cancellationToken);

    private static WorkOutcome Decline(WorkEdit edit)
    {
        if (edit.By is not { } me || edit.Conversation.AskedMemberId != me)
        {
            return WorkOutcome.NotAsked;
        }

        edit.Conversation.EndAsking();
        edit.TellHandOver(ConversationEventKind.HandOverDeclined, edit.Conversation.AssigneeId);
        return WorkOutcome.Done;
    }
}

/// <summary>Whoever asked does not ask any more, or somebody who may assign to others says so for them.</summary>
public sealed class WithdrawHandOver(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => Task.FromResult(Withdraw(edit)), cancellationToken);

    private static WorkOutcome Withdraw(WorkEdit edit)
    {
        var conversation = edit.Conversation;
        if (!(edit.By is { } me && conversation.AssigneeId == me) && !edit.Actor.May(Permission.AssignToOthers))
        {
            return WorkOutcome.NotAllowed;
        }

        if (!conversation.EndAsking())
        {
            return WorkOutcome.Unchanged;
        }

        edit.TellHandOver(ConversationEventKind.HandOverWithdrawn, conversation.AssigneeId);
        return WorkOutcome.Done;
    }
}

internal static class HandOverEdits
{
    /// <summary>Whether this member is asked and the time is not over. Who is in a team is asked of the database: the actor was looked up before.</summary>
    public static async Task<bool> IsAskedAsync(this WorkEdit edit, UserId me, CancellationToken cancellationToken)
    {
        var conversation = edit.Conversation;
        if (conversation.AskedUntil is not { } until || until <= edit.Now || conversation.AssigneeId == me)
        {
            return false;
        }

        return conversation.AskedMemberId == me
            || (conversation.AskedTeamId is { } team
                && await edit.Db.Set<TeamMember>().AnyAsync(m => m.TeamId == team && m.UserId == me, cancellationToken));
    }
}
