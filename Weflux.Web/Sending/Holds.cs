using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Sending;
using Weflux.Web.Connections;
using Weflux.Web.Data;

namespace Weflux.Web.Sending;

/// <summary>Has numbers rest, and ends their rest. In the transaction that stores what became of an attempt.</summary>
internal static class Holds
{
    /// <summary>What the refusal slows rests: one number, those of the account, or those of the app.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="connection">The number that was refused.</param>
    /// <param name="code">The platform's code, or <see cref="OwnFaults.NotReached"/>.</param>
    /// <param name="now">The time (UTC).</param>
    /// <returns>When the number itself may try again; null if the refusal does not concern it.</returns>
    public static async Task<DateTimeOffset?> PlaceAsync(WefluxDbContext db, Connection connection, int code, DateTimeOffset now)
    {
        var scope = code == OwnFaults.NotReached ? FaultScope.Number : PlatformErrors.Of(code).Scope;
        if (scope < FaultScope.Number)
        {
            return null;
        }

        var (id, app, account) = (connection.Id, connection.MetaAppId, connection.WabaId);
        List<long> numbers = scope switch
        {
            FaultScope.App => await db.Set<Connection>().Where(c => c.MetaAppId == app).Select(c => c.Id).ToListAsync(),
            FaultScope.Account => await db.Set<Connection>().Where(c => c.MetaAppId == app && c.WabaId == account).Select(c => c.Id).ToListAsync(),
            _ => [id],
        };
        var known = await db.Set<SendHold>().Where(h => numbers.Contains(h.ConnectionId)).ToDictionaryAsync(h => h.ConnectionId);
        DateTimeOffset? until = null;
        foreach (var number in numbers)
        {
            var hold = Lengthen(db, connection, number, known.GetValueOrDefault(number), code, now);
            until = number == id ? hold.Until : until;
        }

        return until;
    }

    /// <summary>The platform answers again.</summary>
    public static Task LiftAsync(WefluxDbContext db, long connectionId) =>
        db.Set<SendHold>().Where(h => h.ConnectionId == connectionId).ExecuteDeleteAsync();

    private static SendHold Lengthen(WefluxDbContext db, Connection connection, long number, SendHold? hold, int code, DateTimeOffset now)
    {
        if (hold is null)
        {
            hold = new SendHold
            {
                ConnectionId = number,
                WorkspaceId = connection.WorkspaceId,
                Code = code,
                Since = now,
                Until = now + Backoff.OfNumber(code, 0),
                Times = 1,
            };
            db.Add(hold);
        }
        else if (hold.Until <= now)
        {
            // Calls that were under way when the rest began are refused too; only one after it says that it was too short.
            (hold.Code, hold.Until) = (code, now + Backoff.OfNumber(code, hold.Times));
            hold.Times++;
        }

        return hold;
    }
}
