using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Security;

namespace Weflux.Web.Api.Events;

/// <summary>
/// The one place where events arise: it watches what every transaction saves, and before the commit it adds a row for each
/// address that wants to hear of it. So an event is there if and only if the change is, and nobody who makes changes need
/// think of it.
/// </summary>
public sealed class EventRecorder(SecretProtector protector, EventSignals signals, TimeProvider time) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    // Past the tracker: it may hold what a refused change left behind.
    private const string Insert =
        """
        INSERT INTO "EventDeliveries" ("WorkspaceId", "EndpointId", "EventId", "Type", "ContactId", "At", "Body", "State", "NextAt", "Tries")
        VALUES (@workspace, @endpoint, @event, @type, @contact, @at, @body, 1, @at, 0)
        """;

    private readonly ConditionalWeakTable<DbContext, SeenChanges> _seen = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        // Whatever is worth telling is saved in a transaction of the caller's, so that the event can be part of it.
        if (eventData.Context is WefluxDbContext { Database.CurrentTransaction: not null } db)
        {
            _seen.GetOrCreateValue(db).Look(db.ChangeTracker);
        }

        return ValueTask.FromResult(result);
    }

    /// <summary>What a transaction before this one left behind was never committed.</summary>
    public ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is WefluxDbContext db && _seen.TryGetValue(db, out var seen))
        {
            Forget(db);
            foreach (var workspace in seen.IsEmpty ? [] : seen.Workspaces().ToList())
            {
                await RecordAsync(db, workspace, seen, cancellationToken);
            }
        }

        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        signals.Arrived(eventData.Context);
        return Task.CompletedTask;
    }

    /// <summary>Adds an event to one address, inside a transaction of the caller's.</summary>
    internal async Task AddAsync(WefluxDbContext db, EventEndpoint endpoint, OutgoingEvent told, CancellationToken cancellationToken)
    {
        var eventId = Guid.CreateVersion7(told.At);
        await db.ExecutePlainAsync(
            Insert,
            cancellationToken,
            ("@workspace", endpoint.WorkspaceId.Value),
            ("@endpoint", endpoint.Id),
            ("@event", eventId),
            ("@type", told.Type),
            ("@contact", (object?)told.ContactId ?? DBNull.Value),
            ("@at", db.Database.IsSqlite() ? told.At.UtcTicks : told.At),
            ("@body", protector.Protect(EventBodies.Write(told, endpoint), EventDelivery.BodyContext(eventId))));
        signals.Expect(db);
    }

    /// <summary>Adds what one workspace is told of a transaction, inside it.</summary>
    internal async Task RecordAsync(WefluxDbContext db, WorkspaceId workspace, SeenChanges seen, CancellationToken cancellationToken)
    {
        // Most workspaces have none, and this is asked at each change.
        var any = await db.ReadPlainAsync(
            db.Database.IsSqlite()
                ? """SELECT 1 FROM "EventEndpoints" WHERE "WorkspaceId" = @workspace AND "State" = 1 LIMIT 1"""
                : """SELECT TOP (1) 1 FROM "EventEndpoints" WHERE "WorkspaceId" = @workspace AND "State" = 1""",
            cancellationToken,
            ("@workspace", workspace.Value));
        if (any is null)
        {
            return;
        }

        var endpoints = await db.Set<EventEndpoint>().AcrossWorkspaces().AsNoTracking()
            .Where(e => e.WorkspaceId == workspace && e.State == EventEndpointState.On).ToListAsync(cancellationToken);
        var wanted = endpoints.SelectMany(e => e.Types).ToHashSet(StringComparer.Ordinal);
        var events = await OutgoingEvents.ReadAsync(db, workspace, seen, wanted, time.GetUtcNow(), cancellationToken);
        foreach (var told in events)
        {
            foreach (var endpoint in endpoints.Where(e => e.Types.Contains(told.Type, StringComparer.Ordinal)))
            {
                await AddAsync(db, endpoint, told, cancellationToken);
            }
        }
    }

    private void Forget(DbContext? db)
    {
        if (db is not null)
        {
            _seen.Remove(db);
        }
    }
}
