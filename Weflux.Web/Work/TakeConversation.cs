using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>A member takes a conversation that nobody holds. Whoever may assign to others may also take it from a colleague.</summary>
public sealed class TakeConversation(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => Task.FromResult(Take(edit)), cancellationToken);

    private static WorkOutcome Take(WorkEdit edit)
    {
        var (actor, conversation) = (edit.Actor, edit.Conversation);
        if (actor.Key is not null || !actor.May(Permission.TakeUnassigned))
        {
            return WorkOutcome.NotAllowed;
        }

        if (conversation.AssigneeId is { } holder && holder != actor.User && !actor.May(Permission.AssignToOthers))
        {
            return WorkOutcome.HeldByOther;
        }

        if (!conversation.Assign(actor.User))
        {
            return WorkOutcome.Unchanged;
        }

        edit.TellAssigned(ConversationEventKind.Taken, AssignmentReason.TookIt, actor.User);
        return WorkOutcome.Done;
    }
}
