using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>
/// What every slice reads. What can be is compiled once: translating it anew would cost more than reading. A list goes
/// as one parameter, so that the statement is the same whatever its length. That is for indexes that lead to the column:
/// beside a primary key, SQLite would rather walk through the workspace.
/// </summary>
public sealed class ReceiveQueries
{
    /// <summary>The oldest pending deliveries of a Meta app.</summary>
    public Func<WefluxDbContext, long, int, IAsyncEnumerable<WebhookDelivery>> Pending { get; } = EF.CompileAsyncQuery(
        (WefluxDbContext db, long app, int most) => db.Set<WebhookDelivery>().AsNoTracking()
            .Where(d => d.MetaAppId == app && d.State == WebhookDeliveryState.Pending)
            .OrderBy(d => d.Id).Take(most));

    public Func<WefluxDbContext, Domain.Team.WorkspaceId, IAsyncEnumerable<Workspace>> Workspaces { get; } = EF.CompileAsyncQuery(
        (WefluxDbContext db, Domain.Team.WorkspaceId id) => db.Set<Workspace>().AsNoTracking().Where(w => w.Id == id));

    public Func<WefluxDbContext, long, IAsyncEnumerable<Connection>> Connections { get; } = EF.CompileAsyncQuery(
        (WefluxDbContext db, long app) => db.Set<Connection>().AsNoTracking().OrderBy(c => c.Id)
            .Where(c => c.MetaAppId == app && c.State != Domain.Sending.ConnectionState.Disconnected));

    private const int FewNames = 4;

    // Most slices hold one message: what they ask is compiled too.
    private readonly Func<WefluxDbContext, string, string, string, string, IAsyncEnumerable<Contact>> _contactsNamedOneOf = EF.CompileAsyncQuery(
        (WefluxDbContext db, string a, string b, string c, string d) => db.Set<Contact>()
            .Include(contact => contact.Identities)
            .Where(contact => db.Set<ContactIdentity>()
                .Where(i => i.Value == a || i.Value == b || i.Value == c || i.Value == d)
                .Select(i => i.ContactId).Contains(contact.Id)));

    private readonly Func<WefluxDbContext, long, string, IAsyncEnumerable<string>> _knownOne = EF.CompileAsyncQuery(
        (WefluxDbContext db, long connection, string id) => db.Set<Message>()
            .Where(m => m.ConnectionId == connection && m.WhatsAppId == id)
            .Select(m => m.WhatsAppId!));

    private readonly Func<WefluxDbContext, long, IAsyncEnumerable<Conversation>> _threadsWithOne = EF.CompileAsyncQuery(
        (WefluxDbContext db, long contact) => db.Set<Conversation>().Where(c => c.ContactId == contact));

    /// <summary>The contacts that hold one of these names. Names first: asked the other way round, SQLite walks through every contact of the workspace.</summary>
    public IAsyncEnumerable<Contact> ContactsNamed(WefluxDbContext db, List<string> values) => values.Count is > 0 and <= FewNames
        ? _contactsNamedOneOf(db, values[0], values[values.Count > 1 ? 1 : 0], values[values.Count > 2 ? 2 : 0], values[^1])
        : db.Set<Contact>()
            .Include(c => c.Identities)
            .Where(c => db.Set<ContactIdentity>().Where(i => EF.Parameter(values).Contains(i.Value)).Select(i => i.ContactId).Contains(c.Id))
            .AsAsyncEnumerable();

    /// <summary>Those of the platform's ids that a number has stored already.</summary>
    public IAsyncEnumerable<string> Known(WefluxDbContext db, long connection, List<string> ids) => ids is [var only]
        ? _knownOne(db, connection, only)
        : db.Set<Message>()
            .Where(m => m.ConnectionId == connection && EF.Parameter(ids).Contains(m.WhatsAppId!))
            .Select(m => m.WhatsAppId!)
            .AsAsyncEnumerable();

    /// <summary>The threads of these contacts, all numbers.</summary>
    public IAsyncEnumerable<Conversation> ThreadsWith(WefluxDbContext db, List<long> contacts) => contacts is [var only]
        ? _threadsWithOne(db, only)
        : db.Set<Conversation>()
            .Where(c => EF.Parameter(contacts).Contains(c.ContactId))
            .AsAsyncEnumerable();
}
