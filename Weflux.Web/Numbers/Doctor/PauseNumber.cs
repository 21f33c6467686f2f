using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Live;

namespace Weflux.Web.Numbers.Doctor;

/// <summary>Nothing leaves from a paused number. What customers write still arrives. Messages that wait go back to whoever wrote them.</summary>
public sealed class PauseNumber(WefluxDatabase database, AuditLog audit, ChangeBeat beat, TimeProvider time)
{
    /// <returns>Whether there is such a number for the actor, not disconnected.</returns>
    public Task<bool> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default) =>
        SendingSwitch.TurnAsync(database, audit, beat, actor, connectionId, time.GetUtcNow(), isPaused: true, cancellationToken);
}

/// <summary>Sending goes on.</summary>
public sealed class ResumeNumber(WefluxDatabase database, AuditLog audit, ChangeBeat beat, TimeProvider time)
{
    /// <returns>Whether there is such a number for the actor, not disconnected.</returns>
    public Task<bool> ExecuteAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default) =>
        SendingSwitch.TurnAsync(database, audit, beat, actor, connectionId, time.GetUtcNow(), isPaused: false, cancellationToken);
}

/// <summary>What pausing and resuming have in common.</summary>
internal static class SendingSwitch
{
    public static async Task<bool> TurnAsync(
        WefluxDatabase database,
        AuditLog audit,
        ChangeBeat beat,
        Actor actor,
        long connectionId,
        DateTimeOffset now,
        bool isPaused,
        CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageConnections)
            || !await database.WriteAsync(actor.Workspace, db => TurnAsync(db, audit, actor, connectionId, now, isPaused, cancellationToken), cancellationToken))
        {
            return false;
        }

        await beat.NudgeAsync(actor.Workspace, cancellationToken);
        return true;
    }

    private static async Task<bool> TurnAsync(
        WefluxDbContext db, AuditLog audit, Actor actor, long connectionId, DateTimeOffset now, bool isPaused, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var connection = await db.Set<Connection>().SingleOrDefaultAsync(c => c.Id == connectionId && c.DisconnectedAt == null, cancellationToken);
        if (connection is null || (connection.PausedAt is not null) == isPaused)
        {
            return connection is not null;
        }

        if (isPaused)
        {
            connection.Pause(now);
        }
        else
        {
            connection.Resume();
        }

        var (before, after) = isPaused ? ("on", "paused") : ("paused", "on");
        db.Add(new ConnectionEvent
        {
            WorkspaceId = actor.Workspace,
            ConnectionId = connectionId,
            At = now,
            Words = $"{actor.Name} {(isPaused ? "paused" : "resumed")} sending.",
        });
        await audit.AddAsync(
            db, actor, isPaused ? AuditActions.NumberPaused : AuditActions.NumberResumed, AuditFacts.Changed(connection.DisplayPhoneNumber, ("Sending", before, after)), cancellationToken);

        // Screens that are open learn of it by the counter, here at once.
        await db.TakeSequenceAsync(1, cancellationToken);
        return true;
    }
}
