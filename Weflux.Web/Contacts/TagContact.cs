using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;

namespace Weflux.Web.Contacts;

/// <summary>A member puts a word on a contact. The first spelling that the workspace used stays.</summary>
public sealed class TagContact(ContactEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, string? typed, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        async (db, contact) =>
        {
            if (ContactTagRules.Read(typed, out var shown) is not { } tag)
            {
                return ContactEdit.Refused($"A tag is 1 to {ContactTagRules.TagLength} characters on one line, without a comma.");
            }

            var tags = await db.Set<ContactTag>().AsNoTracking().Where(t => t.ContactId == contact.Id).Select(t => t.Tag).ToListAsync(cancellationToken);
            if (tags.Contains(tag, StringComparer.Ordinal))
            {
                return null;
            }

            if (tags.Count >= ContactTagRules.MostTags)
            {
                return ContactEdit.Refused($"A contact has at most {ContactTagRules.MostTags} tags. Take one off first.");
            }

            var known = await db.Set<ContactTag>().AsNoTracking().Where(t => t.Tag == tag).Select(t => t.Shown).FirstOrDefaultAsync(cancellationToken);
            db.Add(new ContactTag { WorkspaceId = actor.Workspace, ContactId = contact.Id, Tag = tag, Shown = known ?? shown });
            return new ContactEdit("Tag", null, known ?? shown);
        },
        cancellationToken);
}
