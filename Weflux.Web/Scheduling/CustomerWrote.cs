using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Web.Data;

namespace Weflux.Web.Scheduling;

/// <summary>The customer wrote first: what was not to go out then stays, and its author decides.</summary>
internal static class CustomerWrote
{
    /// <summary>Runs in the transaction that receives what the customer wrote.</summary>
    /// <param name="db">That transaction, which holds the lock of the workspace.</param>
    /// <param name="conversationIds">Where customers said something.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="changeSequence">The workspace's change counter.</param>
    public static Task ApplyAsync(
        WefluxDbContext db, IReadOnlyList<long> conversationIds, DateTimeOffset now, long changeSequence, CancellationToken cancellationToken) =>
        db.Set<ScheduledMessage>()
            .Where(s => conversationIds.Contains(s.ConversationId) && s.State == ScheduledState.Waiting && s.CancelsWhenCustomerWrites)
            .ExecuteUpdateAsync(
                set => set.SetProperty(s => s.State, ScheduledState.CancelledByCustomer)
                    .SetProperty(s => s.SettledAt, now)
                    .SetProperty(s => s.ChangeSequence, changeSequence),
                cancellationToken);
}
