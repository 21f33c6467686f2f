using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>A member says how far the business has come with a contact.</summary>
public sealed class SetContactStage(ContactEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, long? stageId, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        (db, contact) => ChangeAsync(db, contact, stageId, cancellationToken),
        cancellationToken);

    internal static async Task<ContactEdit?> ChangeAsync(WefluxDbContext db, Contact contact, long? stageId, CancellationToken cancellationToken)
    {
        var before = contact.StageId;
        var named = await db.Set<LifecycleStage>().AsNoTracking().Where(s => s.Id == before || s.Id == stageId).ToListAsync(cancellationToken);
        var after = named.Find(s => s.Id == stageId);
        if (stageId is not null && stageId != before && after is not { ArchivedAt: null })
        {
            return ContactEdit.Refused("This stage is not in use any more. Choose another one.");
        }

        return contact.MoveToStage(stageId) ? new ContactEdit("Lifecycle stage", named.Find(s => s.Id == before)?.Name, after?.Name) : null;
    }
}
