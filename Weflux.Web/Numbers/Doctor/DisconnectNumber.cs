using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.CloudApi;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Numbers.Checks;
using Weflux.Web.Security;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>
/// Lets a number go: its token is erased, nothing is sent or taken in any more, and its threads stay to be read. The
/// platform is told afterwards, as far as it listens.
/// </summary>
public sealed class DisconnectNumber(WefluxDatabase database, CloudApiClient cloudApi, SecretProtector protector, AuditLog audit, LaneSignals lanes, TimeProvider time)
{
    /// <returns>The outcome; null if there is no such number for the actor.</returns>
    public async Task<Outcome?> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        var (access, waba, app) = await database.WriteAsync(actor.Workspace, db => LetGoAsync(db, actor, connectionId, cancellationToken), cancellationToken);
        if (waba is null)
        {
            return null;
        }

        // What comes in for it from now on is kept apart, not read into its threads.
        lanes.Renew(app);
        if (access is null || await IsInUseAsync(waba, cancellationToken))
        {
            return new Outcome(IsDone: true, "The number is disconnected. Its conversations stay.");
        }

        try
        {
            await cloudApi.AskAsync(access, HttpMethod.Delete, $"{waba}/subscribed_apps", null, cancellationToken);
            return new Outcome(IsDone: true, "The number is disconnected, and Meta sends nothing any more. Its conversations stay.");
        }
        catch (CloudApiException exception)
        {
            return new Outcome(
                IsDone: true,
                $"The number is disconnected here. Meta could not be told: {GraphTrouble.Words(exception)}",
                "Remove the app in WhatsApp Manager > Account tools > Webhooks if it should send nothing any more.");
        }
    }

    private async Task<(GraphAccess? Access, string? Waba, long App)> LetGoAsync(WefluxDbContext db, Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var number = await StoredNumber.FindAsync(db, connectionId, cancellationToken);
        if (number is not { Connection: { DisconnectedAt: null } connection })
        {
            return (null, null, 0);
        }

        // Without its token the platform cannot be told, which keeps nobody from letting go.
        var access = number.Token(protector) is { } token ? new GraphAccess(connection.Kind, token) : null;
        var now = time.GetUtcNow();
        connection.Disconnect(now);
        db.Add(new ConnectionEvent { WorkspaceId = actor.Workspace, ConnectionId = connectionId, At = now, Words = $"{actor.Name} disconnected the number." });
        await db.Set<ConnectionCheckup>().Where(c => c.ConnectionId == connectionId).ExecuteDeleteAsync(cancellationToken);
        await audit.AddAsync(
            db, actor, AuditActions.NumberDisconnected, AuditFacts.Gone(connection.DisplayPhoneNumber, ("Phone number id", connection.PhoneNumberId)), cancellationToken);
        await db.TakeSequenceAsync(1, cancellationToken);
        return (access, connection.WabaId, connection.MetaAppId);
    }

    /// <summary>Whether another number of the account still wants its webhooks, in whichever workspace.</summary>
    private async Task<bool> IsInUseAsync(string waba, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        return await db.Set<Connection>().AcrossWorkspaces().AnyAsync(c => c.WabaId == waba && c.DisconnectedAt == null, cancellationToken);
    }
}
