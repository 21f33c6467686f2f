using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>Webhooks that are signed with the old app secret are refused from now on, before its time is over: it may have leaked.</summary>
public sealed class StopOldSecret(WefluxDatabase database, AuditLog audit, MetaAppCatalog catalog, TimeProvider time)
{
    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        var outcome = await database.WriteAsync(actor.Workspace, db => StopAsync(db, actor, connectionId, cancellationToken), cancellationToken);
        catalog.Forget();
        return outcome;
    }

    private async Task<Outcome?> StopAsync(WefluxDbContext db, Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (await StoredNumber.FindAsync(db, connectionId, cancellationToken) is not { Connection.DisconnectedAt: null } number)
        {
            return null;
        }

        if (number.App.OldSecretUntil is not { } until)
        {
            return new Outcome(IsDone: true, "The old app secret does not count any more.");
        }

        (number.App.OldAppSecret, number.App.OldSecretUntil) = (null, null);
        db.Add(new ConnectionEvent
        {
            WorkspaceId = actor.Workspace,
            ConnectionId = connectionId,
            At = time.GetUtcNow(),
            Words = $"{actor.Name} stopped accepting the old app secret.",
        });
        await audit.AddAsync(
            db,
            actor,
            AuditActions.OldSecretStopped,
            AuditFacts.Changed(number.Connection.DisplayPhoneNumber, ("Old secret counts until", until.ToString("u"), "not any more")),
            cancellationToken);
        return new Outcome(IsDone: true, "The old app secret does not count any more. Other nodes of this Weflux follow within a few seconds.");
    }
}
