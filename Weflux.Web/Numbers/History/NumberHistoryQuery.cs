using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Security;
using Weflux.Web.Webhooks;

namespace Weflux.Web.Numbers.History;

/// <summary>Something that happened to a number.</summary>
public sealed record HistoryLine(DateTimeOffset At, string Words, bool IsTrouble, bool IsFromPlatform);

/// <summary>What happened to a number, newest first: what the platform reported and what was done here.</summary>
public sealed class NumberHistoryQuery(WefluxDatabase database, SecretProtector protector)
{
    private const int Most = 100;
    private const int MostPages = 10;

    /// <returns>The history; null if there is no such number for the actor.</returns>
    public async Task<IReadOnlyList<HistoryLine>?> ListAsync(Actor actor, long connectionId, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.ManageConnections))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var number = await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId, cancellationToken);
        if (number is null)
        {
            return null;
        }

        var own = await db.Set<ConnectionEvent>().AsNoTracking().Where(e => e.ConnectionId == connectionId)
            .OrderByDescending(e => e.Id).Take(Most).ToListAsync(cancellationToken);
        var news = await NewsAsync(db, number, cancellationToken);
        return
        [
            .. own.Select(e => new HistoryLine(e.At, e.Words, e.IsTrouble, IsFromPlatform: false)).Concat(news).OrderByDescending(l => l.At).Take(Most),
        ];
    }

    /// <summary>The newest reports that concern the number. Those of the account's other numbers lie between them.</summary>
    private async Task<IReadOnlyList<HistoryLine>> NewsAsync(WefluxDbContext db, Connection number, CancellationToken cancellationToken)
    {
        var fields = AccountFields.All.ToList();
        var (waba, digits) = (number.WabaId, string.Concat(number.DisplayPhoneNumber.Where(char.IsAsciiDigit)));
        var news = new List<HistoryLine>();
        var below = long.MaxValue;
        for (var page = 0; page < MostPages && news.Count < Most; page++)
        {
            var top = below;
            var rows = await db.Set<StoredEvent>().AsNoTracking().Where(e => fields.Contains(e.Field) && e.WabaId == waba && e.Id < top)
                .OrderByDescending(e => e.Id).Take(Most).ToListAsync(cancellationToken);
            news.AddRange(rows.Select(e => Read(e, digits, number.PhoneNumberId)).OfType<HistoryLine>());
            if (rows.Count < Most)
            {
                break;
            }

            below = rows[^1].Id;
        }

        return news;
    }

    /// <summary>One report in words; null if it speaks of another number of the account.</summary>
    private HistoryLine? Read(StoredEvent row, string digits, string phoneNumberId)
    {
        try
        {
            var news = NewsWords.Read(row.Field, protector.Unprotect(row.Payload, StoredEvent.PayloadContext(row.PayloadKey)));
            return news.Concerns(digits, phoneNumberId) ? new HistoryLine(row.ReceivedAt, news.Words, news.IsTrouble, IsFromPlatform: true) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or JsonException)
        {
            return new HistoryLine(row.ReceivedAt, "Meta reported something that can no longer be read.", IsTrouble: false, IsFromPlatform: true);
        }
    }
}
