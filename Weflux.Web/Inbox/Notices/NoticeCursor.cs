using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>How far a person has read what is told to everybody, inside a transaction.</summary>
internal static class NoticeCursor
{
    /// <returns>Whether it was moved: it only goes forward, and not beyond what has happened.</returns>
    public static async Task<bool> MoveAsync(WefluxDbContext db, UserId person, long upTo, CancellationToken cancellationToken)
    {
        await db.LockWorkspaceAsync(cancellationToken);
        var to = Math.Min(upTo, await db.ReadCounterAsync(cancellationToken));
        var reader = await db.Set<NoticeReader>().SingleOrDefaultAsync(r => r.UserId == person, cancellationToken);
        if (reader?.ReadUpTo >= to)
        {
            return false;
        }

        if (reader is null)
        {
            db.Add(reader = new NoticeReader { WorkspaceId = db.CurrentWorkspace, UserId = person });
        }

        reader.ReadUpTo = to;
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
