using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Lanes;

namespace Weflux.Web.Webhooks;

/// <summary>Has what was parked tried again, after its cause was mended.</summary>
public sealed class ReplayDelivery(WefluxDatabase database, AuditLog audit, LaneSignals lanes)
{
    /// <returns>False if there is no parked delivery of that id for this actor, or its body is no longer kept.</returns>
    public async Task<bool> ExecuteAsync(Actor actor, long deliveryId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ReplayDeliveries))
        {
            return false;
        }

        var app = await database.WriteAsync(
            actor.Workspace,
            async db =>
            {
                var delivery = await db.Set<WebhookDelivery>().SingleOrDefaultAsync(
                    d => d.Id == deliveryId && d.State == WebhookDeliveryState.Parked && d.Body != null, cancellationToken);
                if (delivery is null)
                {
                    return (long?)null;
                }

                delivery.State = WebhookDeliveryState.Pending;
                delivery.ReplayItems = [.. delivery.ParkedItems.Select(p => p.Index).Where(i => i != ParkedItem.WholeBody)];
                delivery.ParkedItems = [];
                delivery.SettledAt = null;
                await audit.AddAsync(
                    db, actor, AuditActions.DeliveryReplayed, new AuditFacts($"Webhook delivery {delivery.Id}"), cancellationToken);
                return delivery.MetaAppId;
            },
            cancellationToken);
        if (app is { } metaAppId)
        {
            lanes.Wake(metaAppId, LaneWorkKind.Journal);
        }

        return app is not null;
    }
}
