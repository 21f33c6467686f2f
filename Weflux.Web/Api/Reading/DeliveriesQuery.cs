using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Api.Reading;

/// <summary>The journal of a workspace by id, whole or those in one state.</summary>
public sealed class DeliveriesQuery(WefluxDatabase database, TimeProvider time)
{
    /// <param name="actor">Who reads.</param>
    /// <param name="state">Only those; null for all.</param>
    /// <param name="page">Which part.</param>
    /// <returns>Null if the actor may not see deliveries.</returns>
    public async Task<ApiList<ApiDelivery>?> GetAsync(
        Actor actor, WebhookDeliveryState? state, PageRequest page, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeDeliveries))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var rows = await Page(db, state, page).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return ApiList<ApiDelivery>.Cut(rows, page.Limit, d => ApiDelivery.Of(d, now), d => d.Id);
    }

    /// <returns>Null if there is none of that id that the actor may see.</returns>
    public async Task<ApiDelivery?> FindAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeDeliveries) && !actor.May(Permission.ReplayDeliveries))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await Shape(db.Set<WebhookDelivery>().Where(d => d.Id == id)).SingleOrDefaultAsync(cancellationToken) is { } row
            ? ApiDelivery.Of(row, time.GetUtcNow())
            : null;
    }

    private static IQueryable<DeliveryRow> Page(WefluxDbContext db, WebhookDeliveryState? state, PageRequest page)
    {
        if (state is { } one)
        {
            return Shape(Range(one));
        }

        // The index has the state before the id, because pending and parked ones are few among very many. So all of them
        // are three ranges of it, merged in one statement: a delivery that changes its state meanwhile is not missed.
        var ids = Range(WebhookDeliveryState.Pending).Select(d => d.Id)
            .Concat(Range(WebhookDeliveryState.Done).Select(d => d.Id))
            .Concat(Range(WebhookDeliveryState.Parked).Select(d => d.Id))
            .OrderBy(id => id).Take(page.Limit + 1);
        return Shape(db.Set<WebhookDelivery>().Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id));

        IQueryable<WebhookDelivery> Range(WebhookDeliveryState range) => db.Set<WebhookDelivery>()
            .Where(d => d.State == range && d.Id > page.After).OrderBy(d => d.Id).Take(page.Limit + 1);
    }

    private static IQueryable<DeliveryRow> Shape(IQueryable<WebhookDelivery> deliveries) => deliveries.Select(d => new DeliveryRow(
        d.Id, d.State, d.ReceivedAt, d.SettledAt, d.Body == null ? null : d.Body.Length, d.ItemCount, d.ParkedItems));
}
