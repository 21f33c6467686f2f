using Weflux.Domain.Team;

namespace Weflux.Web.Work.Notes;

/// <summary>Whoever wrote a note deletes it. A line stays that says so.</summary>
public sealed class DeleteNote(NoteEdits edits)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long noteId, CancellationToken cancellationToken = default) =>
        edits.ChangeAsync(actor, noteId, (edit, note) => note.Delete(edit.Now, edit.Sequence), cancellationToken);
}
