using Microsoft.EntityFrameworkCore;
using Weflux.Web.Data;
using Weflux.Web.Lanes;

namespace Weflux.Web.Webhooks;

/// <summary>Tells the outbox when what customers said before is heard.</summary>
internal sealed class PendingDeliveries(WefluxDatabase database) : ILaneJournal
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    public async Task HeardAsync(long metaAppId, CancellationToken cancellationToken)
    {
        await using var db = database.OpenForSystem();
        var pending = db.Set<WebhookDelivery>().AcrossWorkspaces().Where(d => d.MetaAppId == metaAppId && d.State == WebhookDeliveryState.Pending);
        var newest = await pending.OrderByDescending(d => d.Id).Select(d => (long?)d.Id).FirstOrDefaultAsync(cancellationToken);
        for (var pause = Pause; newest is not null && await pending.AnyAsync(d => d.Id <= newest, cancellationToken); pause = Longer(pause))
        {
            await Task.Delay(pause, cancellationToken);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}
