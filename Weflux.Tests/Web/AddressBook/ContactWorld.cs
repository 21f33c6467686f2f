using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Tests.Web.Data;
using Weflux.Web.AddressBook;
using Weflux.Web.Audit;
using Weflux.Web.Contacts;
using Weflux.Web.Team;

namespace Weflux.Tests.Web.AddressBook;

/// <summary>A shop with contacts, on a real database file, and who works with them.</summary>
internal sealed class ContactWorld : IAsyncDisposable
{
    public Sandbox Sandbox { get; } = new();

    public ShiftableClock Clock { get; } = new();

    public Shop Shop { get; private set; } = null!;

    public Actor Agent => Stand.Actor(Shop.Workspace, Shop.Asha, Role.Agent);

    public Actor Manager => Stand.Actor(Shop.Workspace, Shop.Ravi, Role.Manager);

    public ContactEdits Edits => new(Sandbox.Database, Stand.Broadcaster(), Clock);

    public CatalogEdits Catalog => new(Sandbox.Database, Audit);

    public AuditLog Audit => new(new SealKeys(Stand.Protector), Clock);

    public ContactListQuery List => new(Sandbox.Database);

    public ContactProfileQuery Profiles => new(Sandbox.Database);

    public ContactFactsQuery Facts => new(Sandbox.Database);

    public static async Task<ContactWorld> OpenAsync()
    {
        var world = new ContactWorld();
        world.Shop = await world.Sandbox.OpenShopAsync();
        await world.Sandbox.Database.WriteAsync(
            world.Shop.Workspace,
            async db =>
            {
                db.Add(new Membership { WorkspaceId = world.Shop.Workspace, UserId = world.Shop.Asha, Role = Role.Agent, JoinedAt = Stand.Noon });
                db.Add(new Membership { WorkspaceId = world.Shop.Workspace, UserId = world.Shop.Ravi, Role = Role.Manager, JoinedAt = Stand.Noon });
                await db.SaveChangesAsync();
            },
            CancellationToken.None);
        return world;
    }

    /// <summary>Somebody with a thread.</summary>
    /// <returns>The contact.</returns>
    public async Task<long> MeetAsync(string phone, string name, UserId? assignee = null)
    {
        var conversation = await Sandbox.MeetAsync(Shop, phone, name, assignee);
        await using var db = Sandbox.Database.Open(Shop.Workspace);
        return await db.Set<Conversation>().Where(c => c.Id == conversation).Select(c => c.ContactId).SingleAsync();
    }

    /// <summary>Somebody without a thread.</summary>
    public Task<long> FileAsync(string? name, string? phone = null, string? username = null, Action<Contact>? change = null) => Sandbox.Database.WriteAsync(
        Shop.Workspace,
        async db =>
        {
            var contact = Contact.Meet(Shop.Workspace, Stand.Noon);
            contact.Hear(new HeardContact(phone is null ? [] : [IdentityKey.WhatsAppId(phone)], phone, name, username), Stand.Noon);
            change?.Invoke(contact);
            db.Add(contact);
            await db.SaveChangesAsync();
            return contact.Id;
        },
        CancellationToken.None);

    public async Task<Contact> ReadAsync(long id)
    {
        await using var db = Sandbox.Database.Open(Shop.Workspace);
        return await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Id == id);
    }

    public async Task<List<TRow>> RowsAsync<TRow>()
        where TRow : class
    {
        await using var db = Sandbox.Database.Open(Shop.Workspace);
        return await db.Set<TRow>().AsNoTracking().ToListAsync();
    }

    public async Task<IReadOnlyList<string>> NamesAsync(Actor actor, ContactWish wish) => [.. (await List.GetAsync(actor, wish))!.Rows.Select(r => r.Name)];

    public ValueTask DisposeAsync()
    {
        Sandbox.Dispose();
        return ValueTask.CompletedTask;
    }
}
