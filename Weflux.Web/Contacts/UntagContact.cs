using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>A member takes a word off a contact.</summary>
public sealed class UntagContact(ContactEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, string tag, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        (db, contact) => ChangeAsync(db, contact, tag, cancellationToken),
        cancellationToken);

    internal static async Task<ContactEdit?> ChangeAsync(WefluxDbContext db, Contact contact, string tag, CancellationToken cancellationToken)
    {
        var key = ContactTagRules.Read(tag, out _);
        var row = await db.Set<ContactTag>().SingleOrDefaultAsync(t => t.ContactId == contact.Id && t.Tag == key, cancellationToken);
        if (row is null)
        {
            return null;
        }

        db.Remove(row);
        return new ContactEdit("Tag", row.Shown, null);
    }
}
