using System.Security.Cryptography;
using Weflux.Domain.Conversations;
using Weflux.Web.Security;
using Weflux.Web.Webhooks.Reading;
using Weflux.Web.Webhooks.Receiving;

namespace Weflux.Web.Webhooks;

/// <summary>A delivery of the journal, decrypted and read.</summary>
/// <param name="ItemCount">How many items the body holds, those that are not to be applied included; null if it could not be read.</param>
internal sealed record OpenDelivery(long Id, int? ItemCount, IReadOnlyList<PendingItem> Items, string? Fault)
{
    public static OpenDelivery Read(WebhookDelivery row, SecretProtector protector, AppRoutes routes)
    {
        if (row.Body is null)
        {
            return new OpenDelivery(row.Id, null, [], "The body is no longer kept.");
        }

        ReadDelivery read;
        try
        {
            read = WebhookReader.Read(protector.Unprotect(row.Body, WebhookDelivery.BodyContext(row.BodyKey)), row.ReceivedAt);
        }
        catch (CryptographicException)
        {
            return new OpenDelivery(row.Id, null, [], "The body could not be decrypted: its key is not in the key ring.");
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // One body that the reader stumbles over must not hold up all that come after it.
            return new OpenDelivery(row.Id, null, [], $"The body could not be read ({exception.GetType().Name}).");
        }

        // A replay runs only what was parked: the rest may have been erased since.
        var only = row.ReplayItems.ToHashSet();
        var items = read.Items
            .Select((item, index) => new PendingItem(row.Id, index, routes.Refuse(item) ?? item, row.ReceivedAt))
            .Where(i => only.Count == 0 || only.Contains(i.Index))
            .ToList();
        return new OpenDelivery(row.Id, read.Fault is null ? read.Items.Count : null, items, read.Fault);
    }
}

/// <summary>A delivery whose last item stands in a slice.</summary>
/// <param name="Id">Which.</param>
/// <param name="ItemCount">How many items its body holds; null if it could not be read.</param>
/// <param name="Fault">Why the whole body could not be read; null if it could.</param>
/// <param name="HasBegunEarlier">Whether some of its items stood in an earlier slice.</param>
internal sealed record SettledDelivery(long Id, int? ItemCount, string? Fault, bool HasBegunEarlier);

/// <summary>Items that are applied together, and the deliveries that are settled with them.</summary>
internal sealed record DeliverySlice(IReadOnlyList<PendingItem> Items, IReadOnlyList<SettledDelivery> Settled)
{
    /// <summary>Cuts deliveries, in order, into slices of at most so many items.</summary>
    public static IEnumerable<DeliverySlice> Cut(IReadOnlyList<OpenDelivery> deliveries, int most)
    {
        var items = new List<PendingItem>(most);
        var settled = new List<SettledDelivery>();
        foreach (var delivery in deliveries)
        {
            var hasBegun = false;
            for (var i = 0; i < delivery.Items.Count; i++)
            {
                items.Add(delivery.Items[i]);
                if ((items.Count >= most || Renames(items[^1].Item)) && i + 1 < delivery.Items.Count)
                {
                    yield return new DeliverySlice([.. items], [.. settled]);
                    items.Clear();
                    settled.Clear();
                    hasBegun = true;
                }
            }

            settled.Add(new SettledDelivery(delivery.Id, delivery.ItemCount, delivery.Fault, hasBegun));
            if (items.Count >= most || (items.Count > 0 && Renames(items[^1].Item)))
            {
                yield return new DeliverySlice([.. items], [.. settled]);
                items.Clear();
                settled.Clear();
            }
        }

        if (settled.Count > 0)
        {
            yield return new DeliverySlice([.. items], [.. settled]);
        }
    }

    /// <summary>People are recognised when a slice begins, so what renames somebody ends it.</summary>
    private static bool Renames(WebhookItem item) =>
        item is UserIdChangeItem or MessageItem { Message.Content: SystemContent { NewWhatsAppId: not null } or SystemContent { NewUserId: not null } };
}
