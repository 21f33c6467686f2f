using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Web.Data;
using Weflux.Web.Sending;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>The messages of ours that the statuses of a slice speak of, and the statuses that are known already.</summary>
public sealed class StatusTargets
{
    private readonly AppRoutes? _routes;
    private readonly IReadOnlyDictionary<Guid, Message> _byAttempt;
    private readonly IReadOnlyDictionary<(long ConnectionId, string WhatsAppId), Message> _byWhatsAppId;

    private StatusTargets(AppRoutes? routes, IReadOnlyCollection<Message> messages, IReadOnlyDictionary<Guid, long> attempts)
    {
        var byId = messages.DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        _routes = routes;
        _byAttempt = attempts.Where(a => byId.ContainsKey(a.Value)).ToDictionary(a => a.Key, a => byId[a.Value]);
        _byWhatsAppId = byId.Values.Where(m => m is { WhatsAppId: not null, Direction: MessageDirection.Out })
            .ToDictionary(m => (m.ConnectionId, m.WhatsAppId!));
        MessageIds = [.. byId.Keys];
        ConversationIds = [.. byId.Values.Select(m => m.ConversationId).Distinct()];
    }

    /// <summary>For a slice without a status.</summary>
    public static StatusTargets None => new(null, [], new Dictionary<Guid, long>());

    /// <summary>The threads of the messages.</summary>
    public IReadOnlyList<long> ConversationIds { get; }

    /// <summary>The statuses that the messages have in their history.</summary>
    public HashSet<(long MessageId, DeliveryStatus Status)> Reported { get; } = [];

    /// <summary>The statuses that are kept until their message is known.</summary>
    public HashSet<(long ConnectionId, string WhatsAppId, DeliveryStatus Status)> Early { get; } = [];

    private IReadOnlyList<long> MessageIds { get; }

    public static async Task<StatusTargets> ReadAsync(
        WefluxDbContext db, AppRoutes routes, IReadOnlyList<StatusItem> statuses, CancellationToken cancellationToken)
    {
        var attemptIds = statuses.Select(s => s.AttemptId).OfType<Guid>().Distinct().ToList();
        var attempts = await db.Set<SendAttempt>().Where(a => attemptIds.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => a.MessageId, cancellationToken);
        var messageIds = attempts.Values.Distinct().ToList();
        var whatsAppIds = statuses.Select(s => s.WhatsAppId).Distinct().ToList();
        var connectionIds = routes.ConnectionIds;
        var messages = await db.Set<Message>()
            .Where(m => messageIds.Contains(m.Id) && connectionIds.Contains(m.ConnectionId)).ToListAsync(cancellationToken);
        messages.AddRange(await db.Set<Message>()
            .Where(m => connectionIds.Contains(m.ConnectionId) && whatsAppIds.Contains(m.WhatsAppId!)).ToListAsync(cancellationToken));
        var targets = new StatusTargets(routes, messages, attempts);
        if (targets.MessageIds.Count > 0)
        {
            await targets.ReadReportedAsync(db, cancellationToken);
        }

        if (statuses.Any(s => targets.Find(s) is null))
        {
            await targets.ReadEarlyAsync(db, connectionIds, whatsAppIds, cancellationToken);
        }

        return targets;
    }

    /// <summary>The message that a status speaks of, by our own mark or by the platform's id; null if we know none.</summary>
    public Message? Find(StatusItem item) => _routes?.ConnectionOf(item.Route) is not { } connection ? null
        : item.AttemptId is { } attempt && _byAttempt.TryGetValue(attempt, out var marked) && marked.ConnectionId == connection.Id ? marked
        : _byWhatsAppId.GetValueOrDefault((connection.Id, item.WhatsAppId));

    /// <summary>A message that a status speaks of waits for no answer any more.</summary>
    public async Task ForgetUnknownAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var ids = Reported.Select(r => r.MessageId).Distinct().ToList();
        if (ids.Count > 0)
        {
            await db.Set<OutboundMessage>().Where(o => ids.Contains(o.MessageId) && o.State == OutboundState.Unknown)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task ReadReportedAsync(WefluxDbContext db, CancellationToken cancellationToken)
    {
        var known = await db.Set<MessageStatusEntry>().Where(s => MessageIds.Contains(s.MessageId))
            .Select(s => new { s.MessageId, s.Status }).ToListAsync(cancellationToken);
        Reported.UnionWith(known.Select(s => (s.MessageId, s.Status)));
    }

    private async Task ReadEarlyAsync(
        WefluxDbContext db, IReadOnlyList<long> connectionIds, List<string> whatsAppIds, CancellationToken cancellationToken)
    {
        var early = await db.Set<EarlyStatus>()
            .Where(s => connectionIds.Contains(s.ConnectionId) && whatsAppIds.Contains(s.WhatsAppId))
            .Select(s => new { s.ConnectionId, s.WhatsAppId, s.Status }).ToListAsync(cancellationToken);
        Early.UnionWith(early.Select(s => (s.ConnectionId, s.WhatsAppId, s.Status)));
    }
}
