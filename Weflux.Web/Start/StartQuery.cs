using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Demo;
using Weflux.Web.Team;
using Weflux.Web.Team.Invitations;

namespace Weflux.Web.Start;

/// <summary>How far a workspace has come, from what is really there.</summary>
/// <param name="CanTry">Whether there is a pretend phone to try Weflux with.</param>
/// <param name="TrialNumber">The number of the workspace that the pretend phone writes to; null if it has none.</param>
/// <param name="HasTried">Whether a customer has written.</param>
/// <param name="IsInvited">Whether an invitation is open.</param>
/// <param name="HasInvited">Whether there is a second person.</param>
/// <param name="HasConnected">Whether a number of its own has been heard from.</param>
public sealed record StartView(bool CanTry, string? TrialNumber, bool HasTried, bool IsInvited, bool HasInvited, bool HasConnected)
{
    public bool IsDone => (HasTried || !CanTry) && HasInvited && HasConnected;
}

/// <summary>What the start page shows.</summary>
public sealed class StartQuery(WefluxDatabase database, IOptions<DemoOptions> demo, TimeProvider time)
{
    private static readonly string[] GivenApps =
        [.. TrialNumbers.All.Select(t => t.AppKey), .. DemoWorkspaces.All.Select(w => w.Number.AppKey)];

    private static readonly string[] GivenNumbers =
        [.. TrialNumbers.All.Select(t => t.PhoneNumberId), .. DemoWorkspaces.All.Select(w => w.Number.PhoneNumberId)];

    /// <summary>Null for whoever has nothing to set up.</summary>
    public async Task<StartView?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageWorkspace))
        {
            return null;
        }

        var now = time.GetUtcNow();
        await using var db = database.Open(actor.Workspace);
        var hasConnected = await (
            from connection in db.Set<Connection>()
            join app in db.Set<MetaApp>() on connection.MetaAppId equals app.Id
            where connection.LastHeardAt != null && !GivenApps.Contains(app.AppKey)
            select connection).AnyAsync(cancellationToken);
        return new StartView(
            demo.Value.Enabled,
            await TrialNumberAsync(db, cancellationToken),
            await db.Set<Conversation>().AnyAsync(cancellationToken),
            await db.Set<Invitation>().AnyAsync(i => i.AcceptedAt == null && i.RevokedAt == null && i.ExpiresAt > now, cancellationToken),
            await db.Set<Membership>().CountAsync(m => m.IsActive, cancellationToken) > 1,
            hasConnected);
    }

    /// <summary>The number of the workspace that the pretend phone writes to; null if there is none, or no phone.</summary>
    public async Task<string?> PhoneAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!demo.Value.Enabled || !actor.May(Permission.WorkConversations))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await TrialNumberAsync(db, cancellationToken);
    }

    private static Task<string?> TrialNumberAsync(WefluxDbContext db, CancellationToken cancellationToken) => db.Set<Connection>()
        .Where(c => c.Kind == ConnectionKind.Simulator)
        .OrderByDescending(c => GivenNumbers.Contains(c.PhoneNumberId)).ThenBy(c => c.Id)
        .Select(c => c.PhoneNumberId).FirstOrDefaultAsync(cancellationToken);
}
