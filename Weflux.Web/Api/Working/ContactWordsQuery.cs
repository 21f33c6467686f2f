using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Working;

/// <summary>The fields and stages that contacts have now, for whoever fills them in.</summary>
public sealed record ContactWords(IReadOnlyList<ContactField> Fields, IReadOnlyList<LifecycleStage> Stages);

/// <summary>What a workspace keeps of its contacts.</summary>
public sealed class ContactWordsQuery(WefluxDatabase database)
{
    /// <returns>Null if the actor may not fill them in.</returns>
    public async Task<ContactWords?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.EditContacts))
        {
            return null;
        }

        var stages = await Stages.ReadAsync(database, actor.Workspace, cancellationToken);
        await using var db = database.Open(actor.Workspace);
        var fields = await db.Set<ContactField>().AsNoTracking().Where(f => f.ArchivedAt == null)
            .OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(cancellationToken);
        return new ContactWords(fields, [.. stages.Where(s => s.ArchivedAt is null)]);
    }
}
