using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
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
        return ApiList<ApiContact>.Cut(rows, page.Limit, c => ApiContact.Of(c, seesNumbers), c => c.Id);
    }
}
