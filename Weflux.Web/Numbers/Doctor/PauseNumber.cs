using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>Nothing leaves from a paused number. What customers write still arrives. Messages that wait go back to whoever wrote them.</summary>
public sealed class PauseNumber(WefluxDatabase database, AuditLog audit, TimeProvider time)
{
    /// <returns>Whether there is such a number for the actor, not disconnected.</returns>
    public Task<bool> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default) => actor.May(Permission.ManageConnections)
        ? database.WriteAsync(actor.Workspace, db => ApplyAsync(db, actor, connectionId, cancellationToken), cancellationToken)
        : Task.FromResult(false);

    private async Task<bool> ApplyAsync(WefluxDbContext db, Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var connection = await db.Set<Connection>().SingleOrDefaultAsync(c => c.Id == connectionId && c.DisconnectedAt == null, cancellationToken);
        if (connection is null or { PausedAt: not null })
        {
            return connection is not null;
        }

        var now = time.GetUtcNow();
        connection.Pause(now);
        db.Add(new ConnectionEvent { WorkspaceId = actor.Workspace, ConnectionId = connectionId, At = now, Words = $"{actor.Name} paused sending." });
        await audit.AddAsync(db, actor, AuditActions.NumberPaused, AuditFacts.Changed(connection.DisplayPhoneNumber, ("Sending", "on", "paused")), cancellationToken);

        // Screens that are open learn of it by the counter.
        await db.TakeSequenceAsync(1, cancellationToken);
        return true;
    }
}

/// <summary>Sending goes on.</summary>
public sealed class ResumeNumber(WefluxDatabase database, AuditLog audit, TimeProvider time)
{
    /// <returns>Whether there is such a number for the actor, not disconnected.</returns>
    public Task<bool> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default) => actor.May(Permission.ManageConnections)
        ? database.WriteAsync(actor.Workspace, db => ApplyAsync(db, actor, connectionId, cancellationToken), cancellationToken)
        : Task.FromResult(false);

    private async Task<bool> ApplyAsync(WefluxDbContext db, Actor actor, long connectionId, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var connection = await db.Set<Connection>().SingleOrDefaultAsync(c => c.Id == connectionId && c.DisconnectedAt == null, cancellationToken);
        if (connection is null or { PausedAt: null })
        {
            return connection is not null;
        }

        connection.Resume();
        db.Add(new ConnectionEvent { WorkspaceId = actor.Workspace, ConnectionId = connectionId, At = time.GetUtcNow(), Words = $"{actor.Name} resumed sending." });
        await audit.AddAsync(db, actor, AuditActions.NumberResumed, AuditFacts.Changed(connection.DisplayPhoneNumber, ("Sending", "paused", "on")), cancellationToken);
        await db.TakeSequenceAsync(1, cancellationToken);
        return true;
    }
}
