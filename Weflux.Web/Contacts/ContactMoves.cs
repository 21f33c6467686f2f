using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>Files what people keep of a contact under another one that proved to be the same person. Where both say something, the one that is kept is believed.</summary>
public static class ContactMoves
{
    public static async Task ApplyAsync(WefluxDbContext db, long from, long to, CancellationToken cancellationToken)
    {
        await db.Set<ContactTag>().Where(t => t.ContactId == from && !db.Set<ContactTag>().Any(o => o.ContactId == to && o.Tag == t.Tag))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.ContactId, to), cancellationToken);
        await db.Set<ContactFieldValue>().Where(v => v.ContactId == from && !db.Set<ContactFieldValue>().Any(o => o.ContactId == to && o.FieldId == v.FieldId))
            .ExecuteUpdateAsync(set => set.SetProperty(v => v.ContactId, to), cancellationToken);
        await db.Set<ContactNote>().Where(n => n.ContactId == from)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ContactId, to), cancellationToken);
        await db.Set<ContactChange>().Where(c => c.ContactId == from)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.ContactId, to), cancellationToken);
    }
}
