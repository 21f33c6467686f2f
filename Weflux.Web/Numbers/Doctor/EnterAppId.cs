using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Operations;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>Adds the Meta app id to a number that was entered without, once the platform has confirmed that the secret belongs to it.</summary>
public sealed class EnterAppId(
    WefluxDatabase database, PlatformCheck platform, SecretProtector protector, PublicAddress address, AuditLog audit, ConnectionSignals signals)
{
    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(Actor actor, long connectionId, string appId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections)
            || await StoredNumber.FindUsableAsync(database, actor.Workspace, connectionId, cancellationToken) is not { } number)
        {
            return null;
        }

        var typed = appId.Trim();
        if (NumberRules.WrongId(typed, "Meta app id", "300000000000009") is { } wrong)
        {
            return new Outcome(IsDone: false, wrong);
        }

        var line = await platform.SecretAsync(number.Subject(protector, address, appId: typed), cancellationToken);
        if (line.State != CheckState.Good)
        {
            return new Outcome(IsDone: false, line.Words, line.WayOut);
        }

        var outcome = await database.WriteAsync(actor.Workspace, db => StoreAsync(db, actor, connectionId, typed, cancellationToken), cancellationToken);
        signals.Ask(connectionId);
        return outcome;
    }

    private async Task<Outcome?> StoreAsync(WefluxDbContext db, Actor actor, long connectionId, string appId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        if (await StoredNumber.FindAsync(db, connectionId, cancellationToken) is not { Connection.DisconnectedAt: null } number)
        {
            return null;
        }

        if (number.App.AppId is { } known)
        {
            return new Outcome(known == appId, $"The Meta app id is {known}.");
        }

        number.App.AppId = appId;
        await audit.AddAsync(db, actor, AuditActions.AppIdEntered, AuditFacts.Made(number.Connection.DisplayPhoneNumber, ("Meta app id", appId)), cancellationToken);
        return new Outcome(IsDone: true, "The app secret belongs to this Meta app.");
    }
}
