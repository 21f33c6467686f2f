using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Media;

namespace Weflux.Web.Work.Notes;

/// <summary>A member or a program writes a note beside the messages. The customer never gets it.</summary>
public sealed class WriteNote(ConversationWork work)
{
    /// <param name="actor">Who writes: a person, or a program under the name of its key.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="text">What, with mentions as <see cref="NoteText"/> has them; may be empty beside files.</param>
    /// <param name="draftId">The draft it comes from: the same one makes one note.</param>
    /// <param name="files">Files that the author has put here for it, in their order; null for none.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task<WorkOutcome> ExecuteAsync(
        Actor actor, long conversationId, string text, Guid draftId, IReadOnlyList<long>? files = null, CancellationToken cancellationToken = default) =>
        work.ChangeAsync(actor, conversationId, edit => WriteAsync(edit, text, draftId, [.. (files ?? []).Distinct()], cancellationToken), cancellationToken);

    private static async Task<WorkOutcome> WriteAsync(WorkEdit edit, string text, Guid draftId, List<long> files, CancellationToken cancellationToken)
    {
        if (!(files.Count > 0 && text.IsBlank()) && !NoteText.Fits(text))
        {
            return WorkOutcome.Invalid;
        }

        if (await edit.Db.Set<Note>().AsNoTracking().SingleOrDefaultAsync(n => n.DraftId == draftId, cancellationToken) is { } known)
        {
            // Whoever had no answer and went on writing sends other words: they are another note. A program says itself what is one.
            if (edit.Actor.Key is not null || known.DeletedAt is not null || string.Equals(known.Text, text, StringComparison.Ordinal))
            {
                return WorkOutcome.Unchanged;
            }

            draftId = Guid.CreateVersion7();
        }

        if (files.Count > Note.MostFiles)
        {
            return WorkOutcome.TooManyFiles;
        }

        if (files.Count > 0 && !await NoteFiles.MayAttachAsync(edit.Db, edit.Actor, files, cancellationToken))
        {
            return WorkOutcome.FileGone;
        }

        var note = Note.Write(edit.Conversation, edit.By ?? default, draftId, text, edit.Now, edit.Sequence, edit.Actor.Key?.Name, files.Count > 0);
        edit.Conversation.ShowWork(edit.Sequence);
        edit.Db.Add(note);
        await edit.Db.SaveChangesAsync(cancellationToken);
        NoteFiles.Attach(edit.Db, note, files);
        await NoteMentions.SetAsync(edit, note, cancellationToken);
        return WorkOutcome.Done;
    }
}
