using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Reading;

/// <summary>The contacts of a workspace by id.</summary>
public sealed class ContactsQuery(WefluxDatabase database)
{
    /// <returns>Null if the actor may not see all contacts.</returns>
    public async Task<ApiList<ApiContact>?> GetAsync(Actor actor, PageRequest page, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeAllContacts))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var after = page.After;
        var rows = await db.Set<Contact>().AsNoTracking().Include(c => c.Identities).AsSplitQuery()
            .Where(c => c.Id > after).OrderBy(c => c.Id).Take(page.Limit + 1).ToListAsync(cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        var shapes = await ContactShapes.ReadAsync(db, rows, cancellationToken);
        return ApiList<ApiContact>.Cut(rows, page.Limit, c => shapes.Show(c, seesNumbers), c => c.Id);
    }

    /// <returns>Null if there is none of that id that the actor may see.</returns>
    public async Task<ApiContact?> FindAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        if (!ContactSight.HasAny(actor))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var contact = await ContactSight.Of(db, actor).AsNoTracking().Include(c => c.Identities).AsSplitQuery()
            .SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        return contact is null
            ? null
            : (await ContactShapes.ReadAsync(db, [contact], cancellationToken)).Show(contact, actor.May(Permission.SeePhoneNumbers));
    }
}
