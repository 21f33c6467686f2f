using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;
using Weflux.Web.Security;
using Weflux.Web.Templates;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>Keeps the news of numbers, accounts and templates, whole and once. The pages that show them read them from there.</summary>
internal static class StoreOther
{
    private const long MostSeconds = 4_102_444_800;

    public static async Task ApplyAsync(
        ReceiveContext context, OtherItem item, PendingItem pending, SecretProtector protector, CancellationToken cancellationToken)
    {
        var connection = context.ConnectionOfAccount(item.Route)
            ?? throw new ItemRefusedException("The account is not one of this Meta app's connections.");
        var payload = Encoding.UTF8.GetBytes(item.Json);

        // The same item delivered again has the same key.
        var key = new Guid(SHA256.HashData([.. Encoding.UTF8.GetBytes($"{item.Route.WabaId}/{item.Field}/{item.Time}/"), .. payload]).AsSpan(0, 16));
        var isKept = context.Db.Set<StoredEvent>().Local.Any(e => e.PayloadKey == key)
            || await context.Db.Set<StoredEvent>().AnyAsync(e => e.PayloadKey == key, cancellationToken);
        if (isKept)
        {
            return;
        }

        if (AccountFields.All.Contains(item.Field, StringComparer.Ordinal))
        {
            // What exactly has changed is asked for, so that the newest is shown whatever order the news came in.
            await LookAgainAsync(context, item, cancellationToken);
        }

        if (TemplateNews.IsOurs(item.Field))
        {
            var saidAt = long.TryParse(item.Time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < MostSeconds
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : pending.ReceivedAt;
            await TemplateNews.ApplyAsync(context.Db, item.Route.WabaId, item.Field, item.Json, saidAt, context.Now, cancellationToken);
            context.HasTemplateNews = true;
        }

        context.Db.Add(new StoredEvent
        {
            WorkspaceId = context.Workspace.Id,
            ConnectionId = context.ConnectionOf(item.Route)?.Id ?? (item.Route.PhoneNumberId is null ? null : connection.Id),
            WabaId = item.Route.WabaId,
            Field = item.Field,
            PayloadKey = key,
            Payload = protector.Protect(payload, StoredEvent.PayloadContext(key)),
            ReceivedAt = pending.ReceivedAt,
        });
    }

    private static async Task LookAgainAsync(ReceiveContext context, OtherItem item, CancellationToken cancellationToken)
    {
        var (now, waba) = (context.Now, item.Route.WabaId);
        var numbers = context.Db.Set<Connection>().Where(c => c.WabaId == waba).Select(c => c.Id);
        await context.Db.Set<ConnectionCheckup>().Where(c => numbers.Contains(c.ConnectionId))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.NextAt, now), cancellationToken);
    }
}
