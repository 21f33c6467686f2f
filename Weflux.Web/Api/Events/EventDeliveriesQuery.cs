using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Api.Reading;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Api.Events;

/// <summary>An event on its way, without what it tells.</summary>
public sealed record EventDeliveryView(
    long Id,
    string WebhookId,
    string Type,
    DateTimeOffset At,
    EventDeliveryState State,
    DateTimeOffset? NextAt,
    int Tries,
    DateTimeOffset? TriedAt,
    int? Status,
    string? Fault,
    string? Answer);

/// <summary>What became of the events for one webhook.</summary>
public sealed class EventDeliveriesQuery(WefluxDatabase database, SecretProtector protector)
{
    /// <summary>For programs: by id, from the first on.</summary>
    /// <returns>Null if the actor may not see them, or there is no such webhook.</returns>
    public async Task<ApiList<ApiEventDelivery>?> ListAsync(
        Actor actor, long endpointId, EventDeliveryState? state, PageRequest page, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeEvents))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        if (!await db.Set<EventEndpoint>().AnyAsync(e => e.Id == endpointId, cancellationToken))
        {
            return null;
        }

        var (after, most) = (page.After, page.Limit + 1);
        var rows = await Of(db, endpointId, state).Where(d => d.Id > after).OrderBy(d => d.Id).Take(most).ToListAsync(cancellationToken);
        return ApiList<ApiEventDelivery>.Cut(rows, page.Limit, d => ApiEventDelivery.Of(Show(d)), d => d.Id);
    }

    /// <summary>For the page: the newest first.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="endpointId">Whose.</param>
    /// <param name="state">Only those; null for all.</param>
    /// <param name="before">Older than this one; null for the newest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null if the actor may not see them.</returns>
    public async Task<IReadOnlyList<EventDeliveryView>?> NewestAsync(
        Actor actor, long endpointId, EventDeliveryState? state, long? before, int most, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeEvents))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var end = before ?? long.MaxValue;
        var rows = await Of(db, endpointId, state).Where(d => d.Id < end).OrderByDescending(d => d.Id).Take(most).ToListAsync(cancellationToken);
        return rows.ConvertAll(Show);
    }

    /// <returns>Null if there is none of that id that the actor may see.</returns>
    public async Task<ApiEventDelivery?> FindAsync(Actor actor, long id, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.SeeEvents) && !actor.May(Permission.ReplayEvents))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await db.Set<EventDelivery>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, cancellationToken) is { } row
            ? ApiEventDelivery.Of(Show(row))
            : null;
    }

    private static IQueryable<EventDelivery> Of(WefluxDbContext db, long endpointId, EventDeliveryState? state)
    {
        var all = db.Set<EventDelivery>().AsNoTracking().Where(d => d.EndpointId == endpointId);
        return state is { } one ? all.Where(d => d.State == one) : all;
    }

    private EventDeliveryView Show(EventDelivery row) => new(
        row.Id, row.WebhookId, row.Type, row.At, row.State, row.NextAt, row.Tries, row.TriedAt, row.Status, row.Fault, Answer(row));

    private string? Answer(EventDelivery row)
    {
        try
        {
            return row.Answer is { } said ? protector.UnprotectText(said, EventDelivery.AnswerContext(row.EventId)) : null;
        }
        catch (CryptographicException)
        {
            // Its key has left the ring. The list is worth more than these words.
            return null;
        }
    }
}
