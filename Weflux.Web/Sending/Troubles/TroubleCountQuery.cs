using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Sending.Troubles;

/// <summary>How many messages wait for a decision of one person: of their own, or for who looks after everybody's, of all.</summary>
public sealed class TroubleCountQuery(WefluxDatabase database)
{
    /// <summary>It is not counted further.</summary>
    public const int Most = 100;

    public async Task<TroubleCount> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return new TroubleCount(0, long.MaxValue);
        }

        await using var db = database.Open(actor.Workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var count = await TroubleRows.Of(db, actor, TroubleRows.MaySeeEverybodys(actor)).Take(Most).CountAsync(cancellationToken);
        return new TroubleCount(count, counter);
    }
}

/// <summary>A count and the workspace's change counter when it was read.</summary>
public sealed record TroubleCount(int Count, long Counter);
