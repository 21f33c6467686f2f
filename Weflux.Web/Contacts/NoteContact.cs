using Weflux.Domain;
using Weflux.Domain.Team;

namespace Weflux.Web.Contacts;

/// <summary>A member writes a note about a contact, which customers never see.</summary>
public sealed class NoteContact(ContactEdits edits, TimeProvider time)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, string? text, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        (db, contact) =>
        {
            var note = (text ?? "").ReplaceLineEndings("\n").Trim();
            if (note.IsBlank())
            {
                return Task.FromResult<ContactEdit?>(ContactEdit.Refused("Write something first."));
            }

            if (note.Length > ContactNote.TextLength)
            {
                return Task.FromResult<ContactEdit?>(ContactEdit.Refused($"A note has at most {ContactNote.TextLength} characters. This one has {note.Length}."));
            }

            // Half a surrogate pair becomes the replacement character, which every database can hold.
            var whole = string.Concat(note.EnumerateRunes().Select(r => r.ToString()));
            db.Add(new ContactNote { WorkspaceId = actor.Workspace, ContactId = contact.Id, AuthorId = actor.User, Text = whole, At = time.GetUtcNow() });
            return Task.FromResult<ContactEdit?>(new ContactEdit("Note written", null, null));
        },
        cancellationToken);
}
