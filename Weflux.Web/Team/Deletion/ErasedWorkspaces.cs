using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Team.Deletion;

/// <summary>Tells those who were members what became of the address they knew. To anybody else there is nothing.</summary>
public sealed class ErasedWorkspaces(WefluxDatabase database)
{
    /// <returns>The certificate of the erased workspace; null if the person was no member of one at that address.</returns>
    public async Task<ErasureCertificate?> FindAsync(UserId user, string slug, CancellationToken cancellationToken = default)
    {
        await using var db = database.OpenForSystem();
        var certificates = await db.Set<ErasureCertificate>().AsNoTracking().Where(c => c.Slug == slug).OrderByDescending(c => c.Id).ToListAsync(cancellationToken);
        return certificates.Find(c => c.FormerMembers.Contains(user.Value));
    }
}
