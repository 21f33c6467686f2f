using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work.Labels;

/// <summary>Somebody who works a conversation puts a label on it, or takes one off.</summary>
public sealed class SetLabel(ConversationWork work)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, long labelId, bool isOn, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => SetAsync(edit, labelId, isOn, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> SetAsync(WorkEdit edit, long labelId, bool isOn, CancellationToken cancellationToken)
    {
        var (db, conversation) = (edit.Db, edit.Conversation);
        var label = await db.Set<Label>().AsNoTracking().SingleOrDefaultAsync(l => l.Id == labelId, cancellationToken);
        if (label is null)
        {
            return WorkOutcome.UnknownSubject;
        }

        var conversationId = conversation.Id;
        var worn = await db.Set<ConversationLabel>().Where(l => l.ConversationId == conversationId).ToListAsync(cancellationToken);
        var one = worn.Find(l => l.LabelId == labelId);
        if ((one is not null) == isOn)
        {
            return WorkOutcome.Unchanged;
        }

        if (isOn && worn.Count >= Label.MostOnOne)
        {
            return WorkOutcome.Full;
        }

        if (one is not null)
        {
            db.Remove(one);
        }
        else
        {
            db.Add(new ConversationLabel { WorkspaceId = conversation.WorkspaceId, ConversationId = conversationId, LabelId = labelId });
        }

        db.Add(conversation.TellLabelled(isOn, label, edit.By, edit.Now, edit.Sequence));
        return WorkOutcome.Done;
    }
}
