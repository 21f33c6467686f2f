using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work.Notes;

/// <summary>Whoever wrote a note changes what it says.</summary>
public sealed class EditNote(NoteEdits edits)
{
    public Task<WorkOutcome> ExecuteAsync(Actor actor, long noteId, string text, CancellationToken cancellationToken = default) =>
        NoteText.Fits(text)
            ? edits.ChangeAsync(actor, noteId, (edit, note) => note.Edit(text, edit.Now, edit.Sequence), cancellationToken)
            : Task.FromResult(WorkOutcome.Invalid);
}
