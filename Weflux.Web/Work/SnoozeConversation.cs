using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>A conversation leaves the list until a time, or until the customer writes. Whether it needs a reply stays as it is.</summary>
public sealed class SnoozeConversation(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => Task.FromResult(Snooze(edit, until.ToUniversalTime())), cancellationToken);

    private static WorkOutcome Snooze(WorkEdit edit, DateTimeOffset until)
    {
        if (SnoozePolicy.Judge(until, edit.Now) != DueTime.Fits)
        {
            return WorkOutcome.Invalid;
        }

        var conversation = edit.Conversation;
        if (conversation.State == ConversationState.Closed)
        {
            return WorkOutcome.NotAllowed;
        }

        if (conversation.SnoozedUntil == until)
        {
            return WorkOutcome.Unchanged;
        }

        conversation.Snooze(until, edit.Now);
        edit.Db.Add(conversation.TellSnoozed(edit.By, edit.Now, edit.Sequence));
        return WorkOutcome.Done;
    }
}
