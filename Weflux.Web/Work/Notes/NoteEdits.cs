using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Media;

namespace Weflux.Web.Work.Notes;

/// <summary>Changes a note of the actor's own.</summary>
public sealed class NoteEdits(WefluxDatabase database, ConversationWork work, IMediaStore files)
{
    internal async Task<WorkOutcome> ChangeAsync(
        Actor actor, long noteId, Func<WorkEdit, Note, bool> change, CancellationToken cancellationToken)
    {
        if (actor.Key is not null || await ConversationOfAsync(actor, noteId, cancellationToken) is not { } conversationId)
        {
            return WorkOutcome.NotFound;
        }

        IReadOnlyList<Guid> gone = [];
        var outcome = await work.ChangeAsync(
            actor,
            conversationId,
            async edit =>
            {
                var note = await edit.Db.Set<Note>().SingleOrDefaultAsync(n => n.Id == noteId && n.ConversationId == conversationId, cancellationToken);
                if (note is null)
                {
                    return WorkOutcome.NotFound;
                }

                if (note.AuthorId != actor.User)
                {
                    return WorkOutcome.NotAllowed;
                }

                if (!change(edit, note))
                {
                    return WorkOutcome.Unchanged;
                }

                if (note.DeletedAt is not null)
                {
                    gone = await NoteFiles.RemoveAsync(edit.Db, noteId, cancellationToken);
                }

                edit.Conversation.ShowWork(edit.Sequence);
                await NoteMentions.SetAsync(edit, note, cancellationToken);
                return WorkOutcome.Done;
            },
            cancellationToken);
        foreach (var key in gone)
        {
            files.Delete(actor.Workspace, key);
        }

        return outcome;
    }

    private async Task<long?> ConversationOfAsync(Actor actor, long noteId, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await db.Set<Note>().Where(n => n.Id == noteId).Select(n => (long?)n.ConversationId).SingleOrDefaultAsync(cancellationToken);
    }
}
