using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Work;

/// <summary>A Manager or an Admin gives a conversation to an active member.</summary>
public sealed class AssignConversation(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, UserId assignee, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => AssignAsync(edit, assignee, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> AssignAsync(WorkEdit edit, UserId assignee, CancellationToken cancellationToken)
    {
        if (!await edit.Db.StillMayAsync(edit.Actor, Permission.AssignToOthers, cancellationToken))
        {
            return WorkOutcome.NotAllowed;
        }

        if (!await edit.Db.Set<Membership>().AnyAsync(m => m.UserId == assignee && m.IsActive, cancellationToken))
        {
            return WorkOutcome.UnknownSubject;
        }

        if (!edit.Conversation.Assign(assignee))
        {
            return WorkOutcome.Unchanged;
        }

        var isOwn = edit.By == assignee;
        edit.TellAssigned(
            isOwn ? ConversationEventKind.Taken : ConversationEventKind.Assigned, isOwn ? AssignmentReason.TookIt : AssignmentReason.ByPerson, assignee);
        return WorkOutcome.Done;
    }
}
