using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Media.Sending;
using Weflux.Web.Sending;

namespace Weflux.Web.Scheduling;

/// <summary>A person plans a scheduled message anew: its time, its template, its switch. What had come back waits again.</summary>
public sealed class ChangeSchedule(WefluxDatabase database, SendReply sendReply, InboxBroadcaster broadcaster, TimeProvider time)
{
    public async Task<ScheduleAnswer> ExecuteAsync(Actor actor, long id, SchedulePlan plan, CancellationToken cancellationToken = default)
    {
        var (answer, change) = await database.WriteAsync(
            actor.Workspace, db => StoreAsync(db, actor, id, plan, cancellationToken), cancellationToken);
        if (change is not null)
        {
            await broadcaster.AnnounceAsync(actor.Workspace, [change]);
        }

        return answer;
    }

    private async Task<(ScheduleAnswer Answer, ConversationChange? Change)> StoreAsync(
        WefluxDbContext db, Actor actor, long id, SchedulePlan plan, CancellationToken cancellationToken)
    {
        if (await ScheduledAccess.FindAsync(db, actor, id, cancellationToken) is not var (scheduled, conversation))
        {
            return (new ScheduleAnswer(ScheduleOutcome.NotFound), null);
        }

        var order = new SendReply.Order(scheduled.ConversationId, scheduled.Content, scheduled.DraftId, QuotedId: scheduled.QuotedId) { ScheduledId = id, IsPlanned = true };
        var judged = await Judging.PlanAsync(db, sendReply, actor, order, plan, time.GetUtcNow(), cancellationToken);
        if (judged.Refusal is { } refusal)
        {
            return (refusal, null);
        }

        scheduled.Plan(judged.Plan!, await db.TakeSequenceAsync(1, cancellationToken));
        conversation.ShowScheduled();
        await db.SaveChangesAsync(cancellationToken);
        await SentFile.AttachAsync(db, scheduled, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return (new ScheduleAnswer(ScheduleOutcome.Done, id), ConversationChange.Of(conversation));
    }
}
