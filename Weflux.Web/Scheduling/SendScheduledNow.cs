using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Sending;

namespace Weflux.Web.Scheduling;

/// <summary>
/// A person has a scheduled message leave at once, whatever kept it: its time, an answer of the customer, or a reason that
/// is gone. It leaves in the name of whoever says so.
/// </summary>
public sealed class SendScheduledNow(WefluxDatabase database, SendReply sendReply, TimeProvider time)
{
    /// <returns>As <see cref="SendReply"/>; null if there is none for this person, or it has gone out or been taken back meanwhile.</returns>
    public async Task<SendReplyResult?> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        var (stored, refusal) = await database.WriteAsync(
            actor.Workspace, db => SendAsync(db, actor, id, cancellationToken), cancellationToken);
        await sendReply.TellAsync(actor, stored);
        return stored?.Result ?? (refusal is null ? null : new SendReplyResult(refusal, null));
    }

    private async Task<(SendReply.Stored? Stored, SendDecision? Refusal)> SendAsync(
        WefluxDbContext db, Actor actor, long id, CancellationToken cancellationToken)
    {
        if (await ScheduledAccess.FindAsync(db, actor, id, cancellationToken) is not var (scheduled, _)
            || await Departure.IsNeedlessAsync(db, scheduled, cancellationToken))
        {
            return (null, null);
        }

        var now = time.GetUtcNow();
        var departure = await Departure.DecideAsync(db, sendReply, actor, scheduled, (now, now), cancellationToken);
        return departure.Outcome is ComeBack
            ? (null, departure.Refusal ?? new NotPermitted())
            : (await departure.LeaveAsync(db, sendReply, actor, scheduled, now, cancellationToken), null);
    }
}
