using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>A member fills in a field of a contact, or empties it.</summary>
public sealed class SetContactField(ContactEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, long fieldId, string? typed, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        (db, contact) => ChangeAsync(db, contact, fieldId, typed, cancellationToken),
        cancellationToken);

    internal static async Task<ContactEdit?> ChangeAsync(WefluxDbContext db, Contact contact, long fieldId, string? typed, CancellationToken cancellationToken)
    {
        var field = await db.Set<ContactField>().AsNoTracking().SingleOrDefaultAsync(f => f.Id == fieldId && f.ArchivedAt == null, cancellationToken);
        if (field is null)
        {
            return ContactEdit.Refused("This field is not in use any more.");
        }

        var row = await db.Set<ContactFieldValue>().SingleOrDefaultAsync(v => v.ContactId == contact.Id && v.FieldId == fieldId, cancellationToken);

        // What was chosen before it left the list may stay.
        if (string.Equals(row?.Value ?? "", typed, StringComparison.Ordinal))
        {
            return null;
        }

        if (ContactFieldRules.Read(field.Type, field.Choices, typed, out var value) is not FieldFault.None and var fault)
        {
            return ContactEdit.Refused(FieldWords.Of(fault, field.Name));
        }

        var before = row?.Value;
        if (string.Equals(before ?? "", value, StringComparison.Ordinal))
        {
            return null;
        }

        if (value.Length == 0)
        {
            db.Remove(row!);
        }
        else if (row is null)
        {
            db.Add(new ContactFieldValue { WorkspaceId = contact.WorkspaceId, ContactId = contact.Id, FieldId = fieldId, Value = value });
        }
        else
        {
            row.Value = value;
        }

        return new ContactEdit(field.Name, before, value.Length > 0 ? value : null);
    }
}
