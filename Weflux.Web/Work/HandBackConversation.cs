using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>Whoever holds a conversation gives it back, so that nobody holds it. Whoever may assign to others may do it for them.</summary>
public sealed class HandBackConversation(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => HandBackAsync(edit, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> HandBackAsync(WorkEdit edit, CancellationToken cancellationToken)
    {
        var (actor, conversation) = (edit.Actor, edit.Conversation);
        if (conversation.AssigneeId is not { } holder)
        {
            return WorkOutcome.Unchanged;
        }

        var isOwn = actor.Key is null && holder == actor.User;
        if (!(isOwn && actor.May(Permission.TakeUnassigned)) && !actor.May(Permission.AssignToOthers))
        {
            return WorkOutcome.NotAllowed;
        }

        conversation.HandBack();

        // They had their turn, or a rule would give it to them again at once.
        await Turns.TakeAsync(edit.Db, conversation.WorkspaceId, holder, edit.Sequence, cancellationToken);
        if (isOwn)
        {
            edit.TellAssigned(ConversationEventKind.HandedBack, AssignmentReason.HandedBack, holder);
        }
        else
        {
            // Subject nobody: somebody took it away from whoever held it.
            edit.TellAssigned(ConversationEventKind.Assigned, AssignmentReason.ByPerson, null);
        }

        return WorkOutcome.Done;
    }
}
