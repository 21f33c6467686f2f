using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Team;

namespace Weflux.Web.Work.TakingPart;

/// <summary>Whoever may reply in a conversation takes a colleague off it, or leaves it.</summary>
public sealed class RemoveParticipant(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, UserId member, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => RemoveAsync(edit, member, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> RemoveAsync(WorkEdit edit, UserId member, CancellationToken cancellationToken)
    {
        if (!await edit.Db.StillMayAsync(edit.Actor, Permission.SendMessages, cancellationToken))
        {
            return WorkOutcome.NotAllowed;
        }

        if (edit.Conversation.Part(member, edit.By, edit.Now, edit.Sequence) is not { } told)
        {
            return WorkOutcome.Unchanged;
        }

        edit.Db.Add(told);
        var id = edit.Conversation.Id;
        await edit.Db.Set<Participation>().Where(p => p.UserId == member && p.ConversationId == id).ExecuteDeleteAsync(cancellationToken);
        return WorkOutcome.Done;
    }
}
