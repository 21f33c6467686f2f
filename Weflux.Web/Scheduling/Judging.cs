using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Sending;

namespace Weflux.Web.Scheduling;

/// <summary>What the rules say of a plan, and the plan as it would be stored.</summary>
/// <param name="Refusal">Why it cannot be; null if it can.</param>
internal sealed record Judging(ScheduleAnswer? Refusal)
{
    public Conversation? Conversation { get; private init; }

    public MessageContent? Content { get; private init; }

    public SchedulePlan? Plan { get; private init; }

    public static async Task<Judging> PlanAsync(
        WefluxDbContext db, SendReply sendReply, Actor actor, SendReply.Order order, SchedulePlan plan, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var typed = await sendReply.JudgeAsync(db, actor, order, cancellationToken);
        if (typed is not { Conversation: { } conversation })
        {
            return No(ScheduleOutcome.NotFound);
        }

        if (!SchedulePolicy.MayPlan(typed.Decision))
        {
            return No(ScheduleOutcome.Refused, typed.Decision);
        }

        switch (SchedulePolicy.Check(plan.DueAt, now))
        {
            case DueTime.TooSoon:
                return No(ScheduleOutcome.TooSoon);
            case DueTime.TooFar:
                return No(ScheduleOutcome.TooFar);
        }

        // A template needs no template in its place.
        plan = typed.Order.Content is TemplateContent ? plan with { Fallback = null } : plan;
        if (plan.Fallback is { } fallback)
        {
            var judged = await sendReply.JudgeAsync(db, actor, order with { Content = fallback, QuotedId = null }, cancellationToken);
            if (judged?.Decision.IsAllowed != true)
            {
                return No(ScheduleOutcome.FallbackRefused, judged?.Decision ?? new NotPermitted());
            }

            plan = plan with { Fallback = (TemplateContent)judged.Order.Content };
        }

        return new Judging((ScheduleAnswer?)null) { Conversation = conversation, Content = typed.Order.Content, Plan = plan };
    }

    private static Judging No(ScheduleOutcome outcome, SendDecision? decision = null) => new(new ScheduleAnswer(outcome, Decision: decision));
}
