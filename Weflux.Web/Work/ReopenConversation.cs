using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>A closed or snoozed conversation goes back into the list.</summary>
public sealed class ReopenConversation(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(
            actor,
            conversationId,
            edit =>
            {
                if (edit.Conversation.State == ConversationState.Open)
                {
                    return Task.FromResult(WorkOutcome.Unchanged);
                }

                edit.Conversation.Reopen();
                edit.Tell(ConversationEventKind.Reopened);
                return Task.FromResult(WorkOutcome.Done);
            },
            cancellationToken);
}
