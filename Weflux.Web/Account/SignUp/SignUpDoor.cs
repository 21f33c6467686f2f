using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Team;
using Weflux.Web.Team.Deletion;

namespace Weflux.Web.Account.SignUp;

/// <summary>Whether a stranger may sign up now.</summary>
public sealed class SignUpDoor(WefluxDatabase database, IOptions<SignUpOptions> options)
{
    public bool IsFirstRun => options.Value.Is(SignUpOptions.FirstRun);

    public bool IsOpenToAll => options.Value.Is(SignUpOptions.Open);

    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        if (IsOpenToAll || !IsFirstRun)
        {
            return IsOpenToAll;
        }

        await using var db = database.OpenForSystem();
        return await IsNewAsync(db, cancellationToken);
    }

    /// <summary>Whether nobody could sign in at all, because there is nobody yet.</summary>
    public async Task<bool> IsNobodyThereAsync(CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return !await db.Set<WefluxUser>().AnyAsync(cancellationToken);
    }

    /// <summary>Whether the door is open, inside the transaction that goes through the door: of many first ones, one gets in.</summary>
    public async Task<bool> PassAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        await db.LockInstallationAsync(cancellationToken);
        return IsOpenToAll || (IsFirstRun && await IsNewAsync(db, cancellationToken));
    }

    /// <summary>
    /// Whether nobody was ever here but the demo. A workspace that was erased left a certificate, and accounts stay: the
    /// installation of a business does not fall to whoever comes next.
    /// </summary>
    private static async Task<bool> IsNewAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var (demo, people) = (await DemoRows.WorkspacesAsync(db, cancellationToken), DemoRows.People);
        return !await db.Set<Workspace>().AnyAsync(w => !demo.Contains(w.Id), cancellationToken)
            && !await db.Set<ErasureCertificate>().AnyAsync(cancellationToken)
            && !await db.Set<WefluxUser>().AnyAsync(u => !people.Contains(u.NormalizedUserName!), cancellationToken);
    }
}
