using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Weflux.Web.Security;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>Keeps what no screen shows yet, whole and once.</summary>
internal static class StoreOther
{
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
}
