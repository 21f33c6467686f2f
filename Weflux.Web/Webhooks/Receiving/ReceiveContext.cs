using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Live;
using Weflux.Web.Sending;
using Weflux.Web.Team;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>An item on its way into the workspace.</summary>
/// <param name="DeliveryId">The delivery it came in.</param>
/// <param name="Index">Its place in the delivery.</param>
/// <param name="Item">What it is.</param>
/// <param name="ReceivedAt">When the delivery came (UTC).</param>
public sealed record PendingItem(long DeliveryId, int Index, WebhookItem Item, DateTimeOffset ReceivedAt);

/// <summary>
/// What a slice of items needs, read in a handful of queries before the first item is applied, and what it changed.
/// Lives for one transaction.
/// </summary>
public sealed class ReceiveContext
{
    private readonly Dictionary<(long ContactId, long ConnectionId), Conversation> _conversations = [];
    private readonly Dictionary<long, UserId?> _assigneesBefore = [];
    private readonly HashSet<Conversation> _changed = [];
    private long _sequence;

    private ReceiveContext(WefluxDbContext db, Workspace workspace, TimeProvider time)
    {
        Db = db;
        Workspace = workspace;
        Words = workspace.OptOutWords;
        Now = time.GetUtcNow();
    }

    public WefluxDbContext Db { get; }

    public Workspace Workspace { get; }

    public OptOutWords Words { get; }

    public DateTimeOffset Now { get; }

    public ContactDirectory Contacts { get; private set; } = null!;

    /// <summary>The connections of the Meta app, by the platform's id of the number.</summary>
    public required IReadOnlyDictionary<string, Connection> Connections { get; init; }

    /// <summary>The platform ids of messages that are stored already.</summary>
    public HashSet<(long ConnectionId, string WhatsAppId)> Known { get; } = [];

    /// <summary>Messages of ours that the slice's statuses speak of.</summary>
    public IReadOnlyDictionary<Guid, Message> ByAttempt { get; private set; } = new Dictionary<Guid, Message>();

    public IReadOnlyDictionary<(long ConnectionId, string WhatsAppId), Message> ByWhatsAppId { get; private set; } =
        new Dictionary<(long ConnectionId, string WhatsAppId), Message>();

    /// <summary>Messages of ours that the slice makes.</summary>
    public List<Message> Confirmations { get; } = [];

    /// <summary>Whether something waits to be sent because of the slice.</summary>
    public bool HasOutbound { get; set; }

    public static async Task<ReceiveContext> OpenAsync(
        WefluxDbContext db, long metaAppId, IReadOnlyList<PendingItem> items, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = db.CurrentWorkspace;
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleAsync(w => w.Id == id, cancellationToken);
        var connections = await db.Set<Connection>().Where(c => c.MetaAppId == metaAppId).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        var context = new ReceiveContext(db, workspace, time)
        {
            Connections = connections.ToDictionary(c => c.PhoneNumberId, StringComparer.Ordinal),
        };
        context._sequence = await db.TakeSequenceAsync((2 * items.Count) + 1, cancellationToken);
        await context.ReadContactsAsync(items, cancellationToken);
        await context.ReadKnownAsync(items, cancellationToken);
        await context.ReadStatusTargetsAsync(items, cancellationToken);
        return context;
    }

    /// <summary>The next number of the workspace's order.</summary>
    public long NextSequence() => _sequence++;

    /// <summary>The number that an item came to; null if it is not one of this app.</summary>
    public Connection? ConnectionOf(ItemRoute route) =>
        route.PhoneNumberId is { } id ? Connections.GetValueOrDefault(id) : null;

    /// <summary>Any number of the account, for what speaks of the whole account; null if the account is not one of this app.</summary>
    public Connection? ConnectionOfAccount(ItemRoute route) =>
        ConnectionOf(route) ?? Connections.Values.FirstOrDefault(c => string.Equals(c.WabaId, route.WabaId, StringComparison.Ordinal));

    public PersonClaim Claim(HeardPerson person, Connection connection) => new(
        person.UserId is { } user ? IdentityKey.UserId(connection.IdentityScope, user) : null,
        person.ParentUserId is { } parent ? IdentityKey.ParentUserId(parent) : null,
        person.WhatsAppId,
        person.ProfileName,
        person.Username);

    /// <summary>The thread between a stored contact and a number; it is made if there is none.</summary>
    public Conversation ConversationOf(Contact contact, Connection connection)
    {
        if (!_conversations.TryGetValue((contact.Id, connection.Id), out var conversation))
        {
            conversation = Conversation.Start(Workspace.Id, contact.Id, connection.Id, Now);
            _conversations.Add((contact.Id, connection.Id), conversation);
            Db.Add(conversation);
        }

        return conversation;
    }

    /// <summary>Remembers that screens must hear of a conversation.</summary>
    public void Touch(Conversation conversation) => _changed.Add(conversation);

    /// <summary>Reads the threads of these contacts, all numbers.</summary>
    public async Task ReadConversationsAsync(IEnumerable<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.Where(c => c.Id != 0).Select(c => c.Id).Distinct().ToList();
        if (ids.Count > 0)
        {
            await LoadAsync(Db.Set<Conversation>().Where(c => ids.Contains(c.ContactId)), cancellationToken);
        }
    }

    /// <summary>The threads of a contact that are known so far.</summary>
    public IEnumerable<Conversation> ConversationsOf(Contact contact) => _conversations.Values.Where(c => c.ContactId == contact.Id);

    /// <summary>The thread of a message of ours.</summary>
    public Conversation? ConversationOf(Message message) => _conversations.Values.FirstOrDefault(c => c.Id == message.ConversationId);

    /// <summary>What to announce after the commit.</summary>
    public IReadOnlyList<ConversationChange> Changes() =>
        [.. _changed.Select(c => ConversationChange.Of(c, _assigneesBefore.TryGetValue(c.Id, out var before) ? before : c.AssigneeId))];

    private async Task ReadContactsAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        var claims = new List<PersonClaim>();
        var inside = new List<IdentityKey>();
        foreach (var item in items.Select(i => i.Item))
        {
            switch (item)
            {
                case MessageItem message when ConnectionOf(message.Route) is { } connection:
                    claims.Add(Claim(message.Sender, connection));
                    if (message.Message.Content is SystemContent system)
                    {
                        inside.AddRange(NewNames(system, connection));
                    }

                    break;
                case MarketingPreferenceItem preference when ConnectionOfAccount(preference.Route) is { } connection:
                    claims.Add(Claim(preference.Person, connection));
                    break;
                case UserIdChangeItem change when ConnectionOfAccount(change.Route) is { } connection:
                    claims.Add(Claim(change.Person, connection));
                    inside.Add(IdentityKey.UserId(connection.IdentityScope, change.NewUserId));
                    break;
            }
        }

        Contacts = await ContactDirectory.OpenAsync(Db, claims, cancellationToken);
        await Contacts.LookUpAsync(inside, cancellationToken);
    }

    internal static IEnumerable<IdentityKey> NewNames(SystemContent system, Connection connection)
    {
        if (system.NewWhatsAppId is { } number)
        {
            yield return IdentityKey.WhatsAppId(number);
        }

        if (system.NewUserId is { } user)
        {
            yield return IdentityKey.UserId(connection.IdentityScope, user);
        }
    }

    private async Task ReadKnownAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        var ids = items.Select(i => i.Item).OfType<MessageItem>().Select(m => m.Message.WhatsAppId).Distinct().ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var connectionIds = Connections.Values.Select(c => c.Id).ToList();
        var known = await Db.Set<Message>().Where(m => connectionIds.Contains(m.ConnectionId) && ids.Contains(m.WhatsAppId!))
            .Select(m => new { m.ConnectionId, m.WhatsAppId }).ToListAsync(cancellationToken);
        known.ForEach(m => Known.Add((m.ConnectionId, m.WhatsAppId!)));
    }

    private async Task ReadStatusTargetsAsync(IReadOnlyList<PendingItem> items, CancellationToken cancellationToken)
    {
        var statuses = items.Select(i => i.Item).OfType<StatusItem>().ToList();
        if (statuses.Count == 0)
        {
            return;
        }

        var attemptIds = statuses.Select(s => s.AttemptId).OfType<Guid>().Distinct().ToList();
        var attempts = await Db.Set<SendAttempt>().Where(a => attemptIds.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => a.MessageId, cancellationToken);
        var messageIds = attempts.Values.Distinct().ToList();
        var whatsAppIds = statuses.Select(s => s.WhatsAppId).Distinct().ToList();
        var connectionIds = Connections.Values.Select(c => c.Id).ToList();
        var messages = await Db.Set<Message>()
            .Where(m => messageIds.Contains(m.Id) && connectionIds.Contains(m.ConnectionId)).ToListAsync(cancellationToken);
        messages.AddRange(await Db.Set<Message>()
            .Where(m => connectionIds.Contains(m.ConnectionId) && whatsAppIds.Contains(m.WhatsAppId!)).ToListAsync(cancellationToken));
        var byId = messages.DistinctBy(m => m.Id).ToDictionary(m => m.Id);
        ByAttempt = attempts.Where(a => byId.ContainsKey(a.Value)).ToDictionary(a => a.Key, a => byId[a.Value]);
        ByWhatsAppId = byId.Values.Where(m => m is { WhatsAppId: not null, Direction: MessageDirection.Out })
            .ToDictionary(m => (m.ConnectionId, m.WhatsAppId!));
        var conversationIds = byId.Values.Select(m => m.ConversationId).Distinct().ToList();
        await LoadAsync(Db.Set<Conversation>().Where(c => conversationIds.Contains(c.Id)), cancellationToken);
    }

    private async Task LoadAsync(IQueryable<Conversation> conversations, CancellationToken cancellationToken)
    {
        foreach (var conversation in await conversations.ToListAsync(cancellationToken))
        {
            _conversations[(conversation.ContactId, conversation.ConnectionId)] = conversation;
            _assigneesBefore.TryAdd(conversation.Id, conversation.AssigneeId);
        }
    }
}
