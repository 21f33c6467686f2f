using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>What every slice reads, compiled once: translating it anew would cost more than reading.</summary>
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
        (WefluxDbContext db, long app) => db.Set<Connection>().AsNoTracking().OrderBy(c => c.Id).Where(c => c.MetaAppId == app));

    /// <summary>The contacts that hold one of these names. Names first: asked the other way round, SQLite walks through every contact of the workspace.</summary>
    public Func<WefluxDbContext, List<string>, IAsyncEnumerable<Contact>> ContactsNamed { get; } = EF.CompileAsyncQuery(
        (WefluxDbContext db, List<string> values) => db.Set<Contact>().Include(c => c.Identities).Where(c =>
            db.Set<ContactIdentity>().Where(i => values.Contains(i.Value)).Select(i => i.ContactId).Contains(c.Id)));

    /// <summary>Those of the platform's ids that a number has stored already.</summary>
    public Func<WefluxDbContext, long, List<string>, IAsyncEnumerable<string>> Known { get; } = EF.CompileAsyncQuery(
        (WefluxDbContext db, long connection, List<string> ids) => db.Set<Message>()
            .Where(m => m.ConnectionId == connection && ids.Contains(m.WhatsAppId!)).Select(m => m.WhatsAppId!));

    /// <summary>The threads of these contacts, all numbers.</summary>
    public Func<WefluxDbContext, List<long>, IAsyncEnumerable<Conversation>> ThreadsWith { get; } = EF.CompileAsyncQuery(
        (WefluxDbContext db, List<long> contacts) => db.Set<Conversation>().Where(c => contacts.Contains(c.ContactId)));
}
