using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.AddressBook;

/// <summary>What a workspace keeps of its contacts, for whoever arranges it.</summary>
public sealed record ContactCatalog(IReadOnlyList<ContactField> Fields, IReadOnlyList<LifecycleStage> Stages);

/// <summary>The fields and stages of a workspace, those that were put away too.</summary>
public sealed class ContactFieldsQuery(WefluxDatabase database)
{
    /// <returns>Null if the reader may not arrange them.</returns>
    public async Task<ContactCatalog?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.CurateContacts))
        {
            return null;
        }

        var stages = await Stages.ReadAsync(database, actor.Workspace, cancellationToken);
        await using var db = database.Open(actor.Workspace);
        var fields = await db.Set<ContactField>().AsNoTracking().OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(cancellationToken);
        return new ContactCatalog(fields, stages);
    }
}
