using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Live;
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
public sealed partial class ReceiveContext
{
    private static readonly TimeSpan HeardPrecision = TimeSpan.FromMinutes(1);

    /// <summary>How far our clock and the platform's may differ before the checks of a number complain.</summary>
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(2);

    private readonly ReceiveQueries _queries;
    private readonly Dictionary<(long ContactId, long ConnectionId), Conversation> _conversations = [];
    private readonly Dictionary<long, Conversation> _conversationsById = [];
    private readonly Dictionary<long, UserId?> _assigneesBefore = [];
    private readonly Dictionary<long, long> _versionsBefore = [];
    private readonly Dictionary<long, Contact> _contacts = [];
    private readonly HashSet<Conversation> _changed = [];
    private readonly HashSet<Connection> _heard = [];
    private readonly List<Message> _actedOn = [];
    private long _sequence;

    private ReceiveContext(WefluxDbContext db, AppRoutes routes, ReceiveQueries queries, TimeProvider time)
    {
        _queries = queries;
        Db = db;
        Routes = routes;
        Words = routes.Workspace.OptOutWords;
        Now = time.GetUtcNow();
    }

    public WefluxDbContext Db { get; }

    public AppRoutes Routes { get; }

    public Workspace Workspace => Routes.Workspace;

    public OptOutWords Words { get; }

    public DateTimeOffset Now { get; }

    public ContactDirectory Contacts { get; private set; } = null!;

    /// <summary>The platform ids of messages that are stored already.</summary>
    public HashSet<(long ConnectionId, string WhatsAppId)> Known { get; } = [];

    /// <summary>Messages of ours that the slice's statuses speak of.</summary>
    public StatusTargets Targets { get; private set; } = StatusTargets.None;

    /// <summary>Messages of ours that the slice makes.</summary>
    public List<Message> Confirmations { get; } = [];

    /// <summary>The threads in which the slice's customers said something.</summary>
    public HashSet<long> SpokenIn { get; } = [];

    /// <summary>Edits and withdrawals that the slice brings.</summary>
    public List<Message> Acts { get; } = [];

    /// <summary>Whether something waits to be sent because of the slice.</summary>
    public bool HasOutbound { get; set; }

    /// <summary>Whether files were announced that wait to be fetched.</summary>
    public bool HasFiles { get; set; }

    /// <summary>Whether the slice tells news of templates.</summary>
    public bool HasTemplateNews { get; set; }

    /// <summary>Whether the slice has made contacts or threads that have no key yet.</summary>
    public bool HasUnsaved { get; private set; }

    public static async Task<ReceiveContext> OpenAsync(
        WefluxDbContext db,
        AppRoutes routes,
        ReceiveQueries queries,
        IReadOnlyList<PendingItem> items,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var context = new ReceiveContext(db, routes, queries, time);
        context._sequence = await db.TakeSequenceAsync((2 * items.Count) + 2, cancellationToken);
        await context.ReadContactsAsync(items, cancellationToken);
        await context.ReadKnownAsync(items, cancellationToken);
        await context.ReadTargetsAsync(items, cancellationToken);
        await context.ReadActedOnAsync(items, cancellationToken);
        return context;
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        Db.ChangeTracker.DetectChanges();
        await Db.SaveChangesAsync(cancellationToken);
        HasUnsaved = false;
    }

    /// <summary>The next number of the workspace's order.</summary>
    public long NextSequence() => _sequence++;

    public Connection? ConnectionOf(ItemRoute route) => Routes.ConnectionOf(route);

    public Connection? ConnectionOfAccount(ItemRoute route) => Routes.ConnectionOfAccount(route);

    /// <summary>A contact as a payload names it, made if need be.</summary>
    public Contact Hear(PersonClaim claim, DateTimeOffset at)
    {
        var contact = Contacts.Hear(claim, Workspace.Id, at);
        HasUnsaved |= contact.Id == 0;
        return contact;
    }

    /// <summary>Whose thread a message belongs to: a person's, or a group's.</summary>
    public PersonClaim Claim(MessageItem item, Connection connection) =>
        item.GroupId is { } group ? PersonClaim.OfGroup(group, GroupName(group), item.Message.Context?.Participant?.Name) : Claim(item.Sender, connection);

    // The platform tells no name; the end of the id tells one group from another.
    private static string GroupName(string id) => $"Group {id[^Math.Min(4, id.Length)..]}";

    public PersonClaim Claim(HeardPerson person, Connection connection) => new(
        person.UserId is { } user ? IdentityKey.UserId(connection.IdentityScope, user) : null,
        person.ParentUserId is { } parent ? IdentityKey.ParentUserId(parent) : null,
        person.WhatsAppId,
        person.ProfileName,
        person.Username);

    /// <summary>The thread between a stored contact and a number; it is made if there is none.</summary>
    public Conversation ConversationOf(Contact contact, Connection connection)
    {
        _contacts[contact.Id] = contact;
        if (!_conversations.TryGetValue((contact.Id, connection.Id), out var conversation))
        {
            conversation = Conversation.Start(Workspace.Id, contact.Id, connection.Id, Now, contact.IsGroup);
            _conversations.Add((contact.Id, connection.Id), conversation);
            Db.Add(conversation);
            HasUnsaved = true;
        }

        return conversation;
    }

    /// <summary>Remembers a message that changes what another one says.</summary>
    public void NoteAct(Message message)
    {
        if (message.Content is EditContent or RevokeContent && message.TargetWhatsAppId is not null)
        {
            Acts.Add(message);
        }
    }

    /// <summary>Remembers that screens must hear of a conversation.</summary>
    public void Touch(Conversation conversation) => _changed.Add(conversation);

    /// <summary>Reads the threads of these contacts, all numbers.</summary>
    public async Task ReadConversationsAsync(IEnumerable<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.Where(c => c.Id != 0).Select(c => c.Id).Distinct().ToList();
        if (ids.Count > 0)
        {
            await LoadAsync(_queries.ThreadsWith(Db, ids), cancellationToken);
        }
    }

    /// <summary>The threads of a contact that are known so far.</summary>
    public IEnumerable<Conversation> ConversationsOf(Contact contact) => _conversations.Values.Where(c => c.ContactId == contact.Id);

    /// <summary>The thread that a message stands in.</summary>
    public async Task<Conversation> ThreadOfAsync(Message message, CancellationToken cancellationToken)
    {
        var id = message.ConversationId;
        if (_conversations.Values.FirstOrDefault(c => c.Id == id) is { } known)
        {
            return known;
        }

        if (!_conversationsById.ContainsKey(id))
        {
            await LoadAsync(Db.Set<Conversation>().Where(c => c.Id == id).AsAsyncEnumerable(), cancellationToken);
        }

        return _conversationsById[id];
    }

    /// <summary>The message of this thread that an edit or a withdrawal is about; null if we have none.</summary>
    public Message? ActedOn(Conversation conversation, string? whatsAppId) =>
        _actedOn.Concat(Db.Set<Message>().Local)
            .FirstOrDefault(m => m.ConversationId == conversation.Id && string.Equals(m.WhatsAppId, whatsAppId, StringComparison.Ordinal));

    /// <summary>A thread joins another one, or another contact's.</summary>
    public void Forget(Conversation conversation)
    {
        _conversations.Remove((conversation.ContactId, conversation.ConnectionId));
        _conversationsById.Remove(conversation.Id);
        _versionsBefore.Remove(conversation.Id);
        _changed.Remove(conversation);
    }

    /// <summary>A thread has come to another contact.</summary>
    public void Remember(Conversation conversation)
    {
        _conversations[(conversation.ContactId, conversation.ConnectionId)] = conversation;
        _conversationsById[conversation.Id] = conversation;
    }

    /// <summary>The thread of a message of ours.</summary>
    public Conversation? ConversationOf(Message message) => _conversationsById.GetValueOrDefault(message.ConversationId);

    /// <summary>
    /// The number works: its customers reach us. Written down once a minute, and at once for the first that was said since
    /// the number was entered, which proves a new connection.
    /// </summary>
    /// <param name="connection">The number.</param>
    /// <param name="saidAt">When the latest of its new messages was said.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task MarkHeardAsync(Connection connection, DateTimeOffset saidAt, CancellationToken cancellationToken)
    {
        var isProved = connection.ConnectedAt is not null;
        if (isProved
            ? connection is { LastHeardAt: { } heard, State: not ConnectionState.Waiting } && Now - heard <= HeardPrecision
            : saidAt < connection.EnteredAt - ClockDifference)
        {
            return;
        }

        var (id, now) = (connection.Id, Now);
        _heard.Add(connection);
        await Db.Set<Connection>().Where(c => c.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.LastHeardAt, now)
                .SetProperty(c => c.ConnectedAt, c => c.ConnectedAt ?? now)
                .SetProperty(c => c.State, c => c.State == ConnectionState.Waiting ? ConnectionState.Ready : c.State),
            cancellationToken);
        if (connection.State == ConnectionState.Waiting)
        {
            Db.Add(new ConnectionEvent { WorkspaceId = Workspace.Id, ConnectionId = id, At = now, Words = "The first message came through. The number is connected." });
        }
    }

    /// <summary>The state of a number with what this slice has brought.</summary>
    public ConnectionState StateOf(Connection connection) =>
        connection.State == ConnectionState.Waiting && _heard.Contains(connection) ? ConnectionState.Ready : connection.State;

    /// <summary>After the commit: the numbers that are kept in memory are as they are in the database now.</summary>
    public void Committed()
    {
        foreach (var connection in _heard)
        {
            connection.State = StateOf(connection);
            (connection.LastHeardAt, connection.ConnectedAt) = (Now, connection.ConnectedAt ?? Now);
        }
    }

    /// <summary>What to announce after the commit.</summary>
    public IReadOnlyList<ConversationChange> Changes() =>
        [.. _changed.Select(c => ConversationChange.Of(c, _assigneesBefore.TryGetValue(c.Id, out var before) ? before : c.AssigneeId))];

    /// <summary>The threads that were there before and are changed, each with the version that was found and its contact.</summary>
    public IReadOnlyList<(Conversation Conversation, Contact Contact, long VersionBefore)> Advanced() =>
        [.. from c in _changed
            where _versionsBefore.ContainsKey(c.Id) && _contacts.ContainsKey(c.ContactId)
            select (c, _contacts[c.ContactId], _versionsBefore[c.Id])];
}
