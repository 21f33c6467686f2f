using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Support;

/// <summary>Looks into the database of a host, at the demo workspace.</summary>
public static class DemoDatabase
{
    public static async Task<Actor> ActorAsync(this WefluxHost host, string email = "agent@demo.test", string slug = "demo")
    {
        await using var db = host.Services.GetRequiredService<WefluxDatabase>().OpenForSystem();
        var id = await db.Set<Weflux.Web.Account.WefluxUser>().Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
        return (await host.Services.GetRequiredService<Actors>().FindAsync(new UserId(id), slug, CancellationToken.None))!;
    }

    public static async Task<T> ReadAsync<T>(this WefluxHost host, Func<WefluxDbContext, Task<T>> read, string slug = "demo")
    {
        var database = host.Services.GetRequiredService<WefluxDatabase>();
        WorkspaceId id;
        await using (var system = database.OpenForSystem())
        {
            id = await system.Set<Workspace>().Where(w => w.Slug == slug).Select(w => w.Id).SingleAsync();
        }

        await using var db = database.Open(id);
        return await read(db);
    }

    public static Task<List<Message>> MessagesAsync(this WefluxHost host) =>
        host.ReadAsync(db => db.Set<Message>().AsNoTracking().OrderBy(m => m.Sequence).ToListAsync());

    public static Task<List<Contact>> ContactsAsync(this WefluxHost host) =>
        host.ReadAsync(db => db.Set<Contact>().Include(c => c.Identities).AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    public static Task<List<Conversation>> ConversationsAsync(this WefluxHost host) =>
        host.ReadAsync(db => db.Set<Conversation>().AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    public static Task<List<WebhookDelivery>> DeliveriesAsync(this WefluxHost host) =>
        host.ReadAsync(db => db.Set<WebhookDelivery>().AsNoTracking().OrderBy(d => d.Id).ToListAsync());

    /// <summary>Waits until nothing of the journal is pending.</summary>
    public static Task<List<WebhookDelivery>> SettledAsync(this WefluxHost host) =>
        Eventually.SeeAsync(host.DeliveriesAsync, all => all.TrueForAll(d => d.State != WebhookDeliveryState.Pending));

    /// <summary>The id of a template, once it was read from the platform.</summary>
    public static async Task<long> TemplateAsync(this WefluxHost host, string name, string language, string slug = "demo") => (await Eventually.SeeAsync(
        () => host.ReadAsync(db => db.Set<Weflux.Web.Templates.StoredTemplate>().Where(t => t.Name == name && t.Language == language).Select(t => t.Id).ToListAsync(), slug),
        ids => ids.Count == 1)).Single();
}
