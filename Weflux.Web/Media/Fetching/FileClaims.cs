using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Media.Fetching;

/// <summary>A file that one node works at, until its time is over.</summary>
public sealed record FileClaim(WorkspaceId Workspace, long FileId, Guid Nonce);

/// <summary>
/// Who works at which file. A file is claimed by moving its next try ahead, which one node alone can do; a node that dies
/// meanwhile leaves a file that is due again by itself. Workspaces take turns, and none has all the room.
/// </summary>
internal sealed class FileClaims(WefluxDatabase database, TimeProvider time, MediaState state, TimeSpan length, int mostOfOne)
{
    private readonly Dictionary<long, int> _held = [];
    private readonly Lock _lock = new();
    private long _last;

    /// <summary>Claims what is due, as much as there is room for, and at most so many of one workspace at once.</summary>
    public async Task<IReadOnlyList<FileClaim>> TakeAsync(int room, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var claimed = new List<FileClaim>();
        await using var reading = database.OpenForSystem();
        var due = reading.Set<MediaFile>().AcrossWorkspaces().AsNoTracking().Where(f => f.NextTryAt != null && f.NextTryAt <= now && f.State == state);
        var waiting = await due.Select(f => f.WorkspaceId).Distinct().ToListAsync(cancellationToken);
        foreach (var workspace in InTurn(waiting))
        {
            var most = Math.Min(room - claimed.Count, mostOfOne - Held(workspace));
            if (most <= 0 || !await reading.IsStillThereAsync(workspace, cancellationToken))
            {
                continue;
            }

            var rows = await due.Where(f => f.WorkspaceId == workspace).OrderBy(f => f.NextTryAt).Take(most)
                .Select(f => new { f.Id, f.NextTryAt }).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                var claim = new FileClaim(workspace, row.Id, Guid.NewGuid());
                if (await TakeAsync(claim, row.NextTryAt, now + length, cancellationToken))
                {
                    claimed.Add(claim);
                    Hold(claim.Workspace, 1);
                    _last = claim.Workspace.Value;
                }
            }
        }

        return claimed;
    }

    /// <summary>The work is over, whatever came of it.</summary>
    public void LetGo(FileClaim claim) => Hold(claim.Workspace, -1);

    /// <summary>The work was not done: whoever is up next does it, and need not wait until the claim runs out.</summary>
    public Task GiveBackAsync(FileClaim claim)
    {
        var (id, nonce, now) = (claim.FileId, claim.Nonce, time.GetUtcNow());
        return database.WriteForSystemAsync(
            db => db.Set<MediaFile>().AcrossWorkspaces().Where(f => f.Id == id && f.Claim == nonce && f.State == state)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.NextTryAt, now).SetProperty(f => f.Claim, (Guid?)null)),
            CancellationToken.None);
    }

    private async Task<bool> TakeAsync(FileClaim claim, DateTimeOffset? due, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (id, nonce, mine) = (claim.FileId, claim.Nonce, 0);
        await database.WriteForSystemAsync(
            async db => mine = await db.Set<MediaFile>().AcrossWorkspaces()
                .Where(f => f.Id == id && f.NextTryAt == due && f.State == state)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.NextTryAt, until).SetProperty(f => f.Claim, nonce), cancellationToken),
            cancellationToken);
        return mine == 1;
    }

    /// <summary>Those after the one that was served last come first.</summary>
    private IEnumerable<WorkspaceId> InTurn(List<WorkspaceId> waiting) =>
        waiting.OrderBy(w => w.Value <= _last).ThenBy(w => w.Value);

    private int Held(WorkspaceId workspace)
    {
        lock (_lock)
        {
            return _held.GetValueOrDefault(workspace.Value);
        }
    }

    private void Hold(WorkspaceId workspace, int more)
    {
        lock (_lock)
        {
            var count = _held.GetValueOrDefault(workspace.Value) + more;
            if (count > 0)
            {
                _held[workspace.Value] = count;
            }
            else
            {
                _held.Remove(workspace.Value);
            }
        }
    }
}
