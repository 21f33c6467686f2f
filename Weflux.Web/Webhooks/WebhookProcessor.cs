using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Security;
using Weflux.Web.Webhooks.Reading;
using Weflux.Web.Webhooks.Receiving;

namespace Weflux.Web.Webhooks;

/// <summary>
/// Applies the journal of a Meta app, in the order of arrival, in slices that each take one short transaction. A slice
/// that fails is tried again item by item, so that only what cannot be applied is parked.
/// </summary>
public sealed partial class WebhookProcessor(
    WefluxDatabase database,
    SecretProtector protector,
    InboxBroadcaster broadcaster,
    LaneSignals lanes,
    TimeProvider time,
    ILogger<WebhookProcessor> logger) : ILaneWork
{
    private const int SliceItems = 200;
    private const int MostDeliveries = 200;
    private const long MostBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(2);

    public async Task RunAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        while (true)
        {
            var deliveries = await ReadAsync(lease, cancellationToken);
            if (deliveries.Count == 0)
            {
                await lanes.WaitAsync(lease.MetaAppId, LaneWorkKind.Journal, Nap, cancellationToken);
                continue;
            }

            foreach (var slice in DeliverySlice.Cut(deliveries, SliceItems))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await ApplyAsync(lease, slice);
                lanes.Move(lease.MetaAppId, LaneWorkKind.Journal);
            }
        }
    }

    private async Task<IReadOnlyList<OpenDelivery>> ReadAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        var app = lease.MetaAppId;
        await using var db = database.Open(lease.Workspace);
        var next = await db.Set<WebhookDelivery>()
            .Where(d => d.MetaAppId == app && d.State == WebhookDeliveryState.Pending)
            .OrderBy(d => d.Id).Take(MostDeliveries)
            .Select(d => new { d.Id, Length = d.Body == null ? 0 : d.Body.Length }).ToListAsync(cancellationToken);
        if (next.Count == 0)
        {
            return [];
        }

        // A body can hold 3 MB: so many at once as memory bears, and always one.
        var bytes = 0L;
        var ids = next.TakeWhile((d, nth) => (bytes += d.Length) <= MostBytes || nth == 0).Select(d => d.Id).ToList();
        var rows = await db.Set<WebhookDelivery>().AsNoTracking()
            .Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(cancellationToken);
        var routes = await AppRoutes.ReadAsync(db, app, cancellationToken);
        return [.. rows.Select(row => OpenDelivery.Read(row, protector, routes))];
    }

    /// <summary>Applies one slice. It is not cancelled half-way: it is short, and its announcement belongs to it.</summary>
    private async Task ApplyAsync(LaneLease lease, DeliverySlice slice)
    {
        var parked = slice.Items.Where(i => i.Item is BrokenItem)
            .Select(i => (i.DeliveryId, new ParkedItem(i.Index, ((BrokenItem)i.Item).Reason))).ToList();
        var sound = slice.Items.Where(i => i.Item is not BrokenItem).ToList();
        try
        {
            await CommitAsync(lease, sound, slice.Settled, parked);
            return;
        }
        catch (Exception exception) when (Faults.IsOfTheItems(exception))
        {
            TryingSingly(exception.GetType().Name, sound.Count);
        }

        foreach (var item in sound)
        {
            try
            {
                await CommitAsync(lease, [item], settled: [], parked: []);
            }
            catch (Exception exception) when (Faults.IsOfTheItems(exception))
            {
                parked.Add((item.DeliveryId, new ParkedItem(item.Index, Faults.Reason(exception))));
            }
        }

        await CommitAsync(lease, [], slice.Settled, parked);
    }

    private async Task CommitAsync(
        LaneLease lease,
        IReadOnlyList<PendingItem> items,
        IReadOnlyList<SettledDelivery> settled,
        IReadOnlyList<(long DeliveryId, ParkedItem Item)> parked)
    {
        var effects = await database.WriteAsync(
            lease.Workspace,
            async db =>
            {
                await lease.FenceAsync(db, CancellationToken.None);
                var context = items.Count == 0
                    ? null
                    : await ReceiveContext.OpenAsync(db, lease.MetaAppId, items, time, CancellationToken.None);
                if (context is not null)
                {
                    await ReceiveItems.ApplyAsync(context, items, protector, CancellationToken.None);
                }

                FailPoint.Pass(FailPoint.SliceInTheMiddle);
                await SettleAsync(db, settled, parked);
                return new Effects(context?.Changes() ?? [], context?.HasOutbound == true);
            },
            CancellationToken.None);
        FailPoint.Pass(FailPoint.SliceCommitted);
        foreach (var (deliveryId, item) in parked)
        {
            Parked(deliveryId, item.Index, item.Reason);
        }

        await broadcaster.AnnounceAsync(lease.Workspace, effects.Changes);
        if (effects.HasOutbound)
        {
            lanes.Wake(lease.MetaAppId, LaneWorkKind.Outbox);
        }
    }

    private async Task SettleAsync(
        WefluxDbContext db, IReadOnlyList<SettledDelivery> settled, IReadOnlyList<(long DeliveryId, ParkedItem Item)> parked)
    {
        var now = time.GetUtcNow();
        foreach (var group in parked.GroupBy(p => p.DeliveryId))
        {
            var delivery = await db.Set<WebhookDelivery>().SingleAsync(d => d.Id == group.Key);
            delivery.ParkedItems = [.. delivery.ParkedItems.Concat(group.Select(p => p.Item)).DistinctBy(p => p.Index)];
        }

        await db.SaveChangesAsync();
        var faulty = settled.Where(s => s.Fault is not null).ToList();
        foreach (var (id, fault) in faulty)
        {
            var delivery = await db.Set<WebhookDelivery>().SingleAsync(d => d.Id == id);
            delivery.ParkedItems = [new ParkedItem(ParkedItem.WholeBody, fault!)];
            Parked(id, ParkedItem.WholeBody, fault!);
        }

        await db.SaveChangesAsync();
        var ids = settled.Select(s => s.Id).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        // What an earlier slice of the same delivery parked counts too.
        var parkedIds = (await db.Set<WebhookDelivery>().Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.ParkedItems }).ToListAsync())
            .Where(d => d.ParkedItems.Count > 0).Select(d => d.Id).ToList();
        await MarkAsync(db, [.. ids.Except(parkedIds)], WebhookDeliveryState.Done, now);
        await MarkAsync(db, parkedIds, WebhookDeliveryState.Parked, now);
    }

    private static async Task MarkAsync(WefluxDbContext db, List<long> ids, WebhookDeliveryState state, DateTimeOffset now)
    {
        if (ids.Count > 0)
        {
            await db.Set<WebhookDelivery>().Where(d => ids.Contains(d.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(d => d.State, state).SetProperty(d => d.SettledAt, now));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A slice of {Count} items could not be applied at once ({Exception}); applying them one by one")]
    private partial void TryingSingly(string exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Item {Index} of webhook delivery {DeliveryId} is parked: {Reason}")]
    private partial void Parked(long deliveryId, int index, string reason);

    private sealed record Effects(IReadOnlyList<ConversationChange> Changes, bool HasOutbound);
}
