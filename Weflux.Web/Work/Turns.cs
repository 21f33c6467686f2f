using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Work;

/// <summary>Keeps when somebody was last given a conversation, in the transaction that gives it. Taking one, or replying first, is no turn; handing one back is.</summary>
internal static class Turns
{
    /// <param name="db">The transaction, under the lock of the workspace.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="member">Who was given one.</param>
    /// <param name="turn">Later than every turn before it: the change counter.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task TakeAsync(WefluxDbContext db, WorkspaceId workspace, UserId member, long turn, CancellationToken cancellationToken)
    {
        var known = db.Set<AssignmentTurn>().Local.FirstOrDefault(t => t.UserId == member)
            ?? await db.Set<AssignmentTurn>().SingleOrDefaultAsync(t => t.UserId == member, cancellationToken);
        if (known is null)
        {
            db.Add(new AssignmentTurn { WorkspaceId = workspace, UserId = member, LastGiven = turn });
        }
        else
        {
            known.LastGiven = turn;
        }
    }
}
