using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Lanes;
using Weflux.Web.Live;
using Weflux.Web.Media.Fetching;
using Weflux.Web.Security;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks.Reading;
using Weflux.Web.Webhooks.Receiving;

namespace Weflux.Web.Webhooks;

/// <summary>
/// Applies the journal of a Meta app, in the order of arrival, in slices that each take one short transaction. A slice
/// that fails is tried again item by item, so that only what cannot be applied is parked.
/// </summary>
public sealed partial class WebhookProcessor(
    WefluxDatabase database,
    WebhookJournal journal,
    SecretProtector protector,
    SharedRows sharedRows,
    InboxBroadcaster broadcaster,
    LaneSignals lanes,
    MediaSignals files,
    TemplateSignals templates,
    TimeProvider time,
    ILogger<WebhookProcessor> logger) : ILaneWork
{
    private const int SliceItems = 200;
    private const int MostDeliveries = 200;
    private const long MostBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(2);
    private readonly ReceiveQueries _queries = new();

    public async Task RunAsync(LaneLease lease, CancellationToken cancellationToken)
    {
        // One context and one connection for the whole run: opening them anew would cost as much as the work of a small slice.
        await using var db = database.Open(lease.Workspace);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await db.Database.OpenConnectionAsync(cancellationToken);
        var pace = new ProcessorPace(TimeProvider.System);
        AppRoutes? routes = null;
        while (true)
        {
            (var deliveries, routes) = await ReadAsync(db, lease, routes, cancellationToken);
            if (deliveries.Count == 0)
            {
                await lanes.WaitAsync(lease.MetaAppId, LaneWorkKind.Journal, Nap, cancellationToken);
                continue;
            }

            foreach (var slice in DeliverySlice.Cut(deliveries, SliceItems))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var started = TimeProvider.System.GetTimestamp();
                await ApplyAsync(db, lease, routes!, slice);
                lanes.Move(lease.MetaAppId, LaneWorkKind.Journal);
                var waited = slice.Items.Count == 0 ? TimeSpan.Zero : time.GetUtcNow() - slice.Items[0].ReceivedAt;
                var rest = pace.After(slice.Items.Count, TimeProvider.System.GetElapsedTime(started), journal.Stored, waited);
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, cancellationToken);
                }
            }
        }
    }

    private async Task<(IReadOnlyList<OpenDelivery> Deliveries, AppRoutes? Routes)> ReadAsync(
        WefluxDbContext db, LaneLease lease, AppRoutes? known, CancellationToken cancellationToken)
    {
        var rows = new List<WebhookDelivery>();
        var bytes = 0L;
        await foreach (var row in _queries.Pending(db, lease.MetaAppId, MostDeliveries).WithCancellation(cancellationToken))
        {
            // A body can hold 3 MB: so many at once as memory bears, and always one.
            rows.Add(row);
            bytes += row.Body?.Length ?? 0;
            if (bytes >= MostBytes)
            {
                break;
            }
        }

        if (rows.Count == 0)
        {
            return ([], known);
        }

        var version = lanes.VersionOf(lease.MetaAppId);
        if (known is { IsFresh: true } && known.Version == version)
        {
            List<OpenDelivery> opened = [.. rows.Select(row => OpenDelivery.Read(row, protector, known))];

            // What belongs to nobody may belong to a number that was connected a moment ago.
            if (!opened.Exists(d => d.Items.Any(i => i.Item is BrokenItem)))
            {
                return (opened, known);
            }
        }

        var routes = await AppRoutes.ReadAsync(db, _queries, lease.MetaAppId, cancellationToken, version);
        return ([.. rows.Select(row => OpenDelivery.Read(row, protector, routes))], routes);
    }

    /// <summary>Applies one slice. It is not cancelled half-way: it is short, and its announcement belongs to it.</summary>
    private async Task ApplyAsync(WefluxDbContext db, LaneLease lease, AppRoutes routes, DeliverySlice slice)
    {
        var parked = slice.Items.Where(i => i.Item is BrokenItem)
            .Select(i => (i.DeliveryId, new ParkedItem(i.Index, ((BrokenItem)i.Item).Reason))).ToList();
        var sound = slice.Items.Where(i => i.Item is not BrokenItem).ToList();
        try
        {
            await CommitAsync(db, lease, routes, sound, slice.Settled, parked);
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
                await CommitAsync(db, lease, routes, [item], settled: [], parked: []);
            }
            catch (Exception exception) when (Faults.IsOfTheItems(exception))
            {
                parked.Add((item.DeliveryId, new ParkedItem(item.Index, Faults.Reason(exception))));
            }
        }

        await CommitAsync(db, lease, routes, [], slice.Settled, parked);
    }

    private async Task CommitAsync(
        WefluxDbContext db,
        LaneLease lease,
        AppRoutes routes,
        IReadOnlyList<PendingItem> items,
        IReadOnlyList<SettledDelivery> settled,
        IReadOnlyList<(long DeliveryId, ParkedItem Item)> parked)
    {
        db.ChangeTracker.Clear();
        ReceiveContext? context = null;
        var effects = await database.WriteAsync(
            db,
            async _ =>
            {
                await lease.FenceAsync(db, CancellationToken.None);
                context = items.Count == 0
                    ? null
                    : await ReceiveContext.OpenAsync(db, routes, _queries, items, time, CancellationToken.None);
                if (context is not null)
                {
                    await ReceiveItems.ApplyAsync(context, items, protector, CancellationToken.None);
                }

                FailPoint.Pass(FailPoint.SliceInTheMiddle);
                await SettleAsync(db, settled, parked);
                return new Effects(context?.Changes() ?? [], context?.Advanced() ?? [], context?.HasOutbound == true, context?.HasFiles == true, context?.HasTemplateNews == true);
            },
            CancellationToken.None);
        context?.Committed();
        FailPoint.Pass(FailPoint.SliceCommitted);
        foreach (var (deliveryId, item) in parked)
        {
            Parked(deliveryId, item.Index, item.Reason);
        }

        // Screens that hear of it find what they need in memory.
        foreach (var (conversation, contact, versionBefore) in effects.Advanced)
        {
            sharedRows.Advance(conversation, contact, versionBefore);
        }

        await broadcaster.AnnounceAsync(lease.Workspace, effects.Changes);
        if (effects.HasOutbound)
        {
            lanes.Wake(lease.MetaAppId, LaneWorkKind.Outbox);
        }

        if (effects.HasFiles)
        {
            files.Wake();
        }

        if (effects.HasTemplateNews)
        {
            templates.Tell(lease.Workspace);
            templates.Ask();
        }
    }

    private async Task SettleAsync(
        WefluxDbContext db, IReadOnlyList<SettledDelivery> settled, IReadOnlyList<(long DeliveryId, ParkedItem Item)> parked)
    {
        var faulty = settled.Where(s => s.Fault is not null).Select(s => (s.Id, new ParkedItem(ParkedItem.WholeBody, s.Fault!))).ToList();
        foreach (var group in parked.Concat(faulty).GroupBy(p => p.Item1))
        {
            var delivery = await db.Set<WebhookDelivery>().SingleAsync(d => d.Id == group.Key);
            delivery.ParkedItems = [.. delivery.ParkedItems.Concat(group.Select(p => p.Item2)).DistinctBy(p => p.Index)];
            db.ChangeTracker.DetectChanges();
            await db.SaveChangesAsync();
        }

        faulty.ForEach(f => Parked(f.Id, f.Item2.Index, f.Item2.Reason));
        var parkedIds = parked.Concat(faulty).Select(p => p.Item1).ToHashSet();

        // What an earlier slice of the same delivery parked counts too.
        var begunEarlier = settled.Where(s => s.HasBegunEarlier).Select(s => s.Id).ToList();
        if (begunEarlier.Count > 0)
        {
            parkedIds.UnionWith((await db.Set<WebhookDelivery>().Where(d => begunEarlier.Contains(d.Id)).Select(d => new { d.Id, d.ParkedItems }).ToListAsync())
                .Where(d => d.ParkedItems.Count > 0).Select(d => d.Id));
        }

        var now = time.GetUtcNow();

        // Nearly all hold one item, so this is one update or two.
        foreach (var like in settled.GroupBy(s => (s.ItemCount, IsParked: parkedIds.Contains(s.Id)), s => s.Id))
        {
            var state = like.Key.IsParked ? WebhookDeliveryState.Parked : WebhookDeliveryState.Done;
            await MarkAsync(db, like, state, like.Key.ItemCount, now);
        }
    }

    /// <summary>By keys alone: asked for the workspace too, SQLite walks through all of its deliveries.</summary>
    internal static string SettleSql(bool isSqlite) =>
        $"""
        UPDATE "WebhookDeliveries" SET "State" = @state, "ItemCount" = @items, "SettledAt" = @now
        WHERE "Id" IN ({(isSqlite ? """SELECT "value" FROM json_each(@ids)""" : """SELECT CAST("value" AS bigint) FROM OPENJSON(@ids)""")})
        """;

    private Task<int> MarkAsync(WefluxDbContext db, IEnumerable<long> ids, WebhookDeliveryState state, int? items, DateTimeOffset now) => db.ExecutePlainAsync(
        SettleSql(database.IsSqlite),
        CancellationToken.None,
        ("@state", (int)state),
        ("@items", items ?? (object)DBNull.Value),
        ("@now", database.IsSqlite ? now.UtcTicks : now),
        ("@ids", JsonSerializer.Serialize(ids)));

    [LoggerMessage(Level = LogLevel.Information, Message = "A slice of {Count} items could not be applied at once ({Exception}); applying them one by one")]
    private partial void TryingSingly(string exception, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Item {Index} of webhook delivery {DeliveryId} is parked: {Reason}")]
    private partial void Parked(long deliveryId, int index, string reason);

    private sealed record Effects(
        IReadOnlyList<ConversationChange> Changes,
        IReadOnlyList<(Conversation Conversation, Contact Contact, long VersionBefore)> Advanced,
        bool HasOutbound,
        bool HasFiles,
        bool HasTemplateNews);
}
