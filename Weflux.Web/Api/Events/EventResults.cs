using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Weflux.Domain;
using Weflux.Domain.Events;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Mail;
using Weflux.Web.Operations;
using Weflux.Web.Security;
using Weflux.Web.Team;

namespace Weflux.Web.Api.Events;

/// <summary>
/// Writes down what came of sendings: of the events, and of the address. If the process ends before that, the same events are
/// sent again under the same ids.
/// </summary>
public sealed class EventResults(
    WefluxDatabase database, SecretProtector protector, MailQueue mails, PublicAddress address, IOptions<EventOptions> options, TimeProvider time)
{
    internal const string Gone = "It said that nobody is there any more (410).";
    internal const string SwitchedOff = "The webhook was switched off before this was sent.";

    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(24);

    /// <param name="workspace">Where.</param>
    /// <param name="endpointId">The address.</param>
    /// <param name="leaseId">The run that sent. If another one has taken over, what became of the address is for that one to say.</param>
    /// <param name="sent">The sendings.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task RecordAsync(WorkspaceId workspace, long endpointId, Guid leaseId, IReadOnlyList<SentEvent> sent, CancellationToken cancellationToken) =>
        database.WriteAsync(
            workspace,
            async db =>
            {
                foreach (var one in sent)
                {
                    await SettleAsync(db, one, cancellationToken);
                }

                var endpoint = await db.Set<EventEndpoint>().SingleOrDefaultAsync(e => e.Id == endpointId && e.LeaseId == leaseId, cancellationToken);
                if (endpoint is not null)
                {
                    endpoint.LeasedUntil = time.GetUtcNow() + options.Value.Lease;
                    await JudgeAsync(db, endpoint, sent, cancellationToken);
                    await db.SaveChangesAsync(cancellationToken);
                }
            },
            cancellationToken);

    /// <summary>What waits for an address that is off is not sent any more. It can be asked for again later.</summary>
    internal static Task<int> StopWaitingAsync(WefluxDbContext db, long endpointId, string why, CancellationToken cancellationToken) =>
        db.Set<EventDelivery>().Where(d => d.EndpointId == endpointId && d.State == EventDeliveryState.Waiting).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, EventDeliveryState.Failed).SetProperty(d => d.NextAt, (DateTimeOffset?)null).SetProperty(d => d.Fault, why),
            cancellationToken);

    private static TimeSpan? Bounded(TimeSpan? asked) => asked > LongestAsked ? LongestAsked : asked;

    private Task<int> SettleAsync(WefluxDbContext db, SentEvent sent, CancellationToken cancellationToken)
    {
        var (id, known, tries, answer, at) = (sent.Row.Id, sent.Row.Tries, sent.Row.Tries + 1, sent.Answer, sent.At);
        var wait = answer.IsTaken || answer.IsGone ? null : EventRetries.After(tries, Random.Shared.NextDouble());
        if (wait is not null && Bounded(answer.RetryAfter) is { } asked && asked > wait)
        {
            wait = asked;
        }

        var state = answer.IsTaken ? EventDeliveryState.Taken : wait is null ? EventDeliveryState.Failed : EventDeliveryState.Waiting;
        var next = state == EventDeliveryState.Waiting ? time.GetUtcNow() + wait : null;
        var said = answer.Answer is { Length: > 0 } text ? protector.ProtectText(text, EventDelivery.AnswerContext(sent.Row.EventId)) : null;
        var fault = answer.Fault?.Cut(EventDelivery.FaultLength);

        // Somebody may have asked for it again meanwhile, or another node has sent it: their word is newer.
        return db.Set<EventDelivery>().Where(d => d.Id == id && d.State == EventDeliveryState.Waiting && d.Tries == known).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, state).SetProperty(d => d.NextAt, next).SetProperty(d => d.Tries, tries).SetProperty(d => d.TriedAt, at)
                .SetProperty(d => d.Status, answer.Status).SetProperty(d => d.Fault, fault).SetProperty(d => d.Answer, said),
            cancellationToken);
    }

    private async Task JudgeAsync(WefluxDbContext db, EventEndpoint endpoint, IReadOnlyList<SentEvent> sent, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (isCounted, longest) = (false, TimeSpan.Zero);
        foreach (var one in sent.OrderBy(s => s.Answer.IsTaken))
        {
            if (one.Answer.IsTaken)
            {
                (endpoint.Failures, endpoint.FailingSince, endpoint.RestsUntil, endpoint.TookAt) = (0, null, null, one.At);
                continue;
            }

            // What is sent at the same time fails at the same time: that is one failure.
            endpoint.Failures += isCounted ? 0 : 1;
            isCounted = true;
            endpoint.FailingSince ??= one.At;
            var rest = EventRetries.Rest(endpoint.Failures);

            // An address that asks to be left in peace means all events, not this one alone.
            if (Bounded(one.Answer.RetryAfter) is { } asked && asked > rest)
            {
                rest = asked;
            }

            longest = rest > longest ? rest : longest;
            endpoint.RestsUntil = longest > TimeSpan.Zero ? now + longest : null;
        }

        if (endpoint.State != EventEndpointState.On)
        {
            return;
        }

        if (sent.Any(s => s.Answer.IsGone))
        {
            await GiveUpAsync(db, endpoint, Gone, cancellationToken);
        }
        else if (EventRetries.IsGivenUp(endpoint.FailingSince, now) && await HasFailedBeforeAsync(db, endpoint.Id, sent, now, cancellationToken))
        {
            var last = sent.Last(s => !s.Answer.IsTaken).Answer.Fault;
            await GiveUpAsync(db, endpoint, $"It took no event for {EventRetries.Patience.TotalDays:0} days. The last time: {last}", cancellationToken);
        }
    }

    /// <summary>Whether it failed some time before this as well: one failure after weeks without events is none of five days.</summary>
    private static async Task<bool> HasFailedBeforeAsync(
        WefluxDbContext db, long endpointId, IReadOnlyList<SentEvent> sent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // Of what was sent just now, the time before stands in the row as it was.
        var (earliest, latest) = EventRetries.Before(now);
        return sent.Any(s => s.Row.TriedAt >= earliest && s.Row.TriedAt <= latest)
            || await db.Set<EventDelivery>().AnyAsync(
                d => d.EndpointId == endpointId && d.State != EventDeliveryState.Taken && d.TriedAt >= earliest && d.TriedAt <= latest, cancellationToken);
    }

    private async Task GiveUpAsync(WefluxDbContext db, EventEndpoint endpoint, string why, CancellationToken cancellationToken)
    {
        (endpoint.State, endpoint.WhyOff) = (EventEndpointState.GivenUp, why.Cut(500));
        await StopWaitingAsync(db, endpoint.Id, SwitchedOff, cancellationToken);
        var id = endpoint.WorkspaceId;
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == id, cancellationToken);
        var admins = await db.Set<Membership>().Where(m => m.Role == Role.Admin && m.IsActive).Select(m => m.UserId).ToListAsync(cancellationToken);
        var ids = admins.ConvertAll(a => a.Value);
        foreach (var person in await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id) && u.Email != null).Select(u => new { u.Email, u.Name }).ToListAsync(cancellationToken))
        {
            mails.Add(db, new MailText(
                person.Email!,
                person.Name,
                $"{workspace.Name}: the webhook {endpoint.Name} was switched off",
                $"""
                {why}

                Events are not sent to this webhook any more, and none are kept for it while it is off.

                What to do: mend what stands behind its address, then switch it on again. What failed can be sent again from its page.

                {address.At($"/w/{workspace.Slug}/settings/webhooks/{endpoint.Id}")}
                """));
        }
    }
}
