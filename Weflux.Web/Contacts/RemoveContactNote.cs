using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;

namespace Weflux.Web.Contacts;

/// <summary>A member takes a note of their own away; who curates contacts, anybody's. That it was there stays in the history, its words do not.</summary>
public sealed class RemoveContactNote(ContactEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, long noteId, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        async (db, contact) =>
        {
            var note = await db.Set<ContactNote>().SingleOrDefaultAsync(n => n.Id == noteId && n.ContactId == contact.Id, cancellationToken);
            if (note is null)
            {
                return null;
            }

            if (!MayRemove(actor, note.AuthorId))
            {
                return ContactEdit.Refused("Only who wrote a note, a Manager or an Admin takes it away.");
            }

            db.Remove(note);
            return new ContactEdit("Note removed", null, null);
        },
        cancellationToken);

    internal static bool MayRemove(Actor actor, UserId author) => author == actor.User || actor.May(Permission.CurateContacts);
}
