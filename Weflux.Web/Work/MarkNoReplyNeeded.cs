using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>A member says that what the customer said last needs no reply.</summary>
public sealed class MarkNoReplyNeeded(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(
            actor,
            conversationId,
            edit =>
            {
                if (!edit.Conversation.MarkNoReplyNeeded())
                {
                    return Task.FromResult(WorkOutcome.Unchanged);
                }

                edit.Tell(ConversationEventKind.NoReplyNeeded);
                return Task.FromResult(WorkOutcome.Done);
            },
            cancellationToken);
}
