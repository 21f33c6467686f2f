using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work.Notes;

/// <summary>A member or a program writes a note beside the messages. The customer never gets it.</summary>
public sealed class WriteNote(ConversationWork work)
{
    /// <param name="actor">Who writes: a person, or a program under the name of its key.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="text">What, with mentions as <see cref="NoteText"/> has them.</param>
    /// <param name="draftId">The draft it comes from: the same one makes one note.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long conversationId, string text, Guid draftId, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => WriteAsync(edit, text, draftId, cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> WriteAsync(WorkEdit edit, string text, Guid draftId, CancellationToken cancellationToken)
    {
        if (!NoteText.Fits(text))
        {
            return WorkOutcome.Invalid;
        }

        if (await edit.Db.Set<Note>().AnyAsync(n => n.DraftId == draftId, cancellationToken))
        {
            return WorkOutcome.Unchanged;
        }

        var note = Note.Write(edit.Conversation, edit.By ?? default, draftId, text, edit.Now, edit.Sequence, edit.Actor.Key?.Name);
        edit.Conversation.ShowWork(edit.Sequence);
        edit.Db.Add(note);
        await edit.Db.SaveChangesAsync(cancellationToken);
        await NoteMentions.SetAsync(edit.Db, note, cancellationToken);
        return WorkOutcome.Done;
    }
}
