using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Team;

namespace Weflux.Web.Account.SignUp;

/// <summary>Whether a stranger may sign up now.</summary>
public sealed class SignUpDoor(WefluxDatabase database, IOptions<SignUpOptions> options)
{
    private static readonly string[] DemoSlugs = [.. DemoWorkspaces.All.Select(w => w.Slug)];

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
        await QueueAsync(db, cancellationToken);
        return IsOpenToAll || (IsFirstRun && await IsNewAsync(db, cancellationToken));
    }

    /// <summary>Makes new workspaces wait for one another, so that two cannot get the same address. SQLite writes one after the other anyway.</summary>
    public static async Task QueueAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlite())
        {
            await db.ReadPlainAsync("""SELECT COUNT(*) FROM "Workspaces" WITH (TABLOCKX, HOLDLOCK)""", cancellationToken);
        }
    }

    private static async Task<bool> IsNewAsync(WefluxDbContext db, CancellationToken cancellationToken) =>
        !await db.Set<Workspace>().AnyAsync(w => !DemoSlugs.Contains(w.Slug), cancellationToken);
}
