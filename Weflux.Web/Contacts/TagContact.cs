using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>A member puts a word on a contact. The first spelling that the workspace used stays.</summary>
public sealed class TagContact(ContactEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, string? typed, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        (db, contact) => ChangeAsync(db, contact, typed, cancellationToken),
        cancellationToken);

    internal static async Task<ContactEdit?> ChangeAsync(WefluxDbContext db, Contact contact, string? typed, CancellationToken cancellationToken)
    {
        if (ContactTagRules.Read(typed, out var shown) is not { } tag)
        {
            return ContactEdit.Refused($"A tag is 1 to {ContactTagRules.TagLength} characters on one line, without a comma.");
        }

        // Those of the same transaction count too: put on and not saved yet, or taken off and still in the table.
        await db.Set<ContactTag>().Where(t => t.ContactId == contact.Id).LoadAsync(cancellationToken);
        var tags = db.Set<ContactTag>().Local.Where(t => t.ContactId == contact.Id).ToList();
        if (tags.Exists(t => string.Equals(t.Tag, tag, StringComparison.Ordinal)))
        {
            return null;
        }

        if (tags.Count >= ContactTagRules.MostTags)
        {
            return ContactEdit.Refused($"A contact has at most {ContactTagRules.MostTags} tags. Take one off first.");
        }

        var known = await db.Set<ContactTag>().AsNoTracking().Where(t => t.Tag == tag).Select(t => t.Shown).FirstOrDefaultAsync(cancellationToken);
        db.Add(new ContactTag { WorkspaceId = contact.WorkspaceId, ContactId = contact.Id, Tag = tag, Shown = known ?? shown });
        return new ContactEdit("Tag", null, known ?? shown);
    }
}
