using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Presence;

/// <summary>
/// How the presence of members is written down: under the lock of the workspace, so that of several nodes that notice the
/// same change one tells it, and with the change counter raised only if there is something to see.
/// </summary>
public sealed class PresenceEdits(WefluxDatabase database, OpenPages pages, InboxBroadcaster broadcaster, PresenceNews news, TimeProvider time)
{
    /// <summary>Changes facts of some members, and tells what followed from it.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="people">Whose.</param>
    /// <param name="change">Changes the facts of an active member; says whether there is something to see even if the presence stays what it is.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>The row of each active member.</returns>
    internal async Task<IReadOnlyDictionary<UserId, long>> ApplyAsync(
        WorkspaceId workspace, IReadOnlyCollection<UserId> people, Func<StoredPresence, DateTimeOffset, bool> change, CancellationToken cancellationToken)
    {
        var seen = new List<UserId>();
        var changes = new List<PresenceChanged>();
        var written = await database.WriteAsync(
            workspace,
            async db =>
            {
                await db.LockWorkspaceAsync(cancellationToken);
                var now = time.GetUtcNow();
                var (members, rows) = await RowsAsync(db, workspace, people, now, cancellationToken);
                foreach (var row in rows)
                {
                    var before = row.State;
                    var isSeen = members.Contains(row.UserId) && change(row, now);
                    if (Settle(row, now))
                    {
                        changes.Add(new PresenceChanged(workspace, row.UserId, before, row.State));
                    }

                    if (isSeen || row.State != before)
                    {
                        seen.Add(row.UserId);
                    }
                }

                if (seen.Count > 0)
                {
                    await db.TakeSequenceAsync(1, cancellationToken);
                }

                await db.SaveChangesAsync(cancellationToken);
                return rows.Where(r => members.Contains(r.UserId)).ToDictionary(r => r.UserId, r => r.Id);
            },
            cancellationToken);
        await broadcaster.AnnouncePeopleAsync(workspace, seen);
        await news.TellAsync(changes);
        return written;
    }

    private bool Settle(StoredPresence row, DateTimeOffset now)
    {
        var facts = pages.Fresh(row, now);
        var state = facts.At(now);
        if (state == row.State)
        {
            return false;
        }

        (row.State, row.Since) = (state, facts.ChangedBy(now));
        return true;
    }

    /// <summary>The rows of these people, and who of them is an active member: whoever is not may only go.</summary>
    private static async Task<(List<UserId> Members, List<StoredPresence> Rows)> RowsAsync(
        WefluxDbContext db, WorkspaceId workspace, IReadOnlyCollection<UserId> people, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A workspace that is being erased gets no row any more.
        var members = !await db.IsStillThereAsync(workspace, cancellationToken) ? [] : await db.Set<Membership>()
            .Where(m => m.IsActive && people.Contains(m.UserId)).Select(m => m.UserId).ToListAsync(cancellationToken);
        var rows = await db.Set<StoredPresence>().Where(p => people.Contains(p.UserId)).ToListAsync(cancellationToken);
        foreach (var member in members.Except(rows.Select(r => r.UserId)).ToList())
        {
            var row = new StoredPresence { WorkspaceId = workspace, UserId = member, ChosenAt = now, Since = now };
            db.Add(row);
            rows.Add(row);
        }

        return (members, rows);
    }
}
