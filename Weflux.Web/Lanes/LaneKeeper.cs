using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;

namespace Weflux.Web.Lanes;

/// <summary>Takes, renews and releases leases on lanes.</summary>
public sealed class LaneKeeper(WefluxDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(15);

    /// <summary>This node: machine, process, and a mark that no other start has.</summary>
    public string Holder { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}");

    /// <summary>Takes every lane that nobody holds.</summary>
    public async Task<IReadOnlyList<LaneLease>> TakeFreeAsync(CancellationToken cancellationToken)
    {
        List<Lane> lanes;
        await using (var db = database.OpenForSystem())
        {
            lanes = await db.Set<Lane>().AcrossWorkspaces().AsNoTracking().ToListAsync(cancellationToken);
        }

        var taken = new List<LaneLease>();
        foreach (var lane in lanes.Where(IsFree))
        {
            if (await TakeAsync(lane, cancellationToken))
            {
                taken.Add(new LaneLease(lane.MetaAppId, lane.WorkspaceId, Holder, lane.Epoch + 1));
            }
        }

        return taken;
    }

    /// <summary>Holds a lane for longer.</summary>
    /// <returns>False if another node has taken over.</returns>
    public Task<bool> RenewAsync(LaneLease lease, CancellationToken cancellationToken) =>
        LeaseUntilAsync(lease, time.GetUtcNow() + Length, cancellationToken);

    /// <summary>Lets go of a lane, so that another node, or this one after a restart, need not wait.</summary>
    public Task<bool> ReleaseAsync(LaneLease lease, CancellationToken cancellationToken) =>
        LeaseUntilAsync(lease, DateTimeOffset.UnixEpoch, cancellationToken);

    private async Task<bool> TakeAsync(Lane lane, CancellationToken cancellationToken)
    {
        var (app, epoch, until, holder) = (lane.MetaAppId, lane.Epoch, time.GetUtcNow() + Length, Holder);
        var count = 0;
        await database.WriteAsync(
            lane.WorkspaceId,
            async db => count = await db.Set<Lane>()
                .Where(l => l.MetaAppId == app && l.Epoch == epoch)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(l => l.Holder, holder).SetProperty(l => l.Epoch, epoch + 1).SetProperty(l => l.LeasedUntil, until),
                    cancellationToken),
            cancellationToken);
        return count == 1;
    }

    private async Task<bool> LeaseUntilAsync(LaneLease lease, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var (app, epoch, holder) = (lease.MetaAppId, lease.Epoch, lease.Holder);
        var count = 0;
        await database.WriteAsync(
            lease.Workspace,
            async db => count = await db.Set<Lane>()
                .Where(l => l.MetaAppId == app && l.Holder == holder && l.Epoch == epoch)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.LeasedUntil, until), cancellationToken),
            cancellationToken);
        return count == 1;
    }

    private bool IsFree(Lane lane) =>
        lane.Holder is null
        || lane.LeasedUntil <= time.GetUtcNow()
        || (!string.Equals(lane.Holder, Holder, StringComparison.Ordinal) && IsDead(lane.Holder));

    /// <summary>Whether the holder was a process of this machine that is no more. A restart need not wait for its lease to end.</summary>
    private static bool IsDead(string holder)
    {
        var parts = holder.Split('/');
        if (parts.Length != 3
            || !string.Equals(parts[0], Environment.MachineName, StringComparison.Ordinal)
            || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var processId))
        {
            return false;
        }

        if (processId == Environment.ProcessId)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
