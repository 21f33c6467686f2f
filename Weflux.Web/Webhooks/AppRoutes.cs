using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks;

/// <summary>The numbers and accounts that a Meta app's webhooks may speak of.</summary>
internal sealed record AppRoutes(IReadOnlySet<string> PhoneNumberIds, IReadOnlySet<string> WabaIds)
{
    public static async Task<AppRoutes> ReadAsync(WefluxDbContext db, long metaAppId, CancellationToken cancellationToken)
    {
        var connections = await db.Set<Connection>().Where(c => c.MetaAppId == metaAppId)
            .Select(c => new { c.PhoneNumberId, c.WabaId }).ToListAsync(cancellationToken);
        return new AppRoutes(
            connections.Select(c => c.PhoneNumberId).ToHashSet(StringComparer.Ordinal),
            connections.Select(c => c.WabaId).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Why an item belongs to nobody here; null if it does belong.</summary>
    public BrokenItem? Refuse(WebhookItem item) => item switch
    {
        MessageItem message => RefuseNumber(message.Route),
        StatusItem status => RefuseNumber(status.Route),
        MarketingPreferenceItem preference => RefuseAccount(preference.Route),
        UserIdChangeItem change => RefuseAccount(change.Route),
        OtherItem other => RefuseAccount(other.Route),
        _ => null,
    };

    private BrokenItem? RefuseNumber(ItemRoute route) =>
        route.PhoneNumberId is null ? new BrokenItem("The item does not say which number it belongs to.")
        : PhoneNumberIds.Contains(route.PhoneNumberId) ? null
        : new BrokenItem("The number is not one of this Meta app's connections.");

    private BrokenItem? RefuseAccount(ItemRoute route) =>
        WabaIds.Contains(route.WabaId) || (route.PhoneNumberId is { } number && PhoneNumberIds.Contains(number))
            ? null
            : new BrokenItem("The account is not one of this Meta app's connections.");
}
