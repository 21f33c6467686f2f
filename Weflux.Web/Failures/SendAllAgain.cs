using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Web.Failures;

/// <summary>A person sends everything of one cause again, oldest first, so that each conversation keeps its order.</summary>
public sealed class SendAllAgain(WefluxDatabase database, SendAgain sendAgain)
{
    /// <summary>So many leave at one click.</summary>
    public const int Most = 500;

    private const int PageSize = 100;

    /// <param name="actor">Who sends.</param>
    /// <param name="cause">What is sent: nothing that failed after the click, so that a second click of the same moment finds nothing.</param>
    /// <param name="progress">Told how many were looked at so far; null for nobody.</param>
    /// <returns>What became of it; null if this person may not send.</returns>
    public async Task<SentAgain?> ExecuteAsync(
        Actor actor, TroubleCause cause, Func<int, Task>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SendMessages) && !actor.May(Permission.SendTemplates))
        {
            return null;
        }

        var (sent, seen, after) = (0, 0, 0L);
        List<SendDecision> refusals = [];
        while (sent < Most && refusals.Count < Most && await PageAsync(actor, cause, after, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var id in page.Take(Most - sent))
            {
                // Nothing comes back if somebody was faster: then it is on its way already.
                var result = await sendAgain.ExecuteAsync(actor, id, Guid.CreateVersion7(), cancellationToken);
                if (result is { Decision.IsAllowed: true })
                {
                    sent++;
                }
                else if (result is not null)
                {
                    refusals.Add(result.Decision);
                }
            }

            (seen, after) = (seen + page.Count, page[^1]);
            if (progress is not null)
            {
                await progress(seen);
            }
        }

        return new SentAgain(sent, refusals);
    }

    private async Task<List<long>> PageAsync(Actor actor, TroubleCause cause, long after, CancellationToken cancellationToken)
    {
        await using var db = database.Open(actor.Workspace);
        return await TroubleRows.Of(db, actor, cause)
            .Where(t => t.MessageId > after && db.Set<Message>().Any(
                m => m.Id == t.MessageId && (m.Origin == MessageOrigin.Person || m.Origin == MessageOrigin.Api)))
            .OrderBy(t => t.MessageId).Take(PageSize).Select(t => t.MessageId).ToListAsync(cancellationToken);
    }
}

/// <summary>What became of sending again.</summary>
/// <param name="Sent">How many are on their way.</param>
/// <param name="Refused">Why the others may not leave now.</param>
public sealed record SentAgain(int Sent, IReadOnlyList<SendDecision> Refused);
