using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>Which contacts somebody may see: all, or those of the conversations that the person may see.</summary>
public static class ContactSight
{
    /// <summary>Whether the person sees contacts at all.</summary>
    public static bool HasAny(Actor actor) => actor.May(Permission.SeeAllContacts) || (actor.Key is null && actor.May(Permission.WorkConversations));

    /// <summary>The conversations by which the person sees contacts; null if every contact is seen without.</summary>
    public static IQueryable<Conversation>? Threads(WefluxDbContext db, Actor actor)
    {
        if (actor.May(Permission.SeeAllContacts))
        {
            return null;
        }

        var threads = db.Set<Conversation>().AsQueryable();
        if (!HasAny(actor))
        {
            return threads.Where(_ => false);
        }

        return threads.Where(ConversationSight.Of(db, actor));
    }

    /// <summary>The contacts that the person may see.</summary>
    public static IQueryable<Contact> Of(WefluxDbContext db, Actor actor) => Threads(db, actor) is { } threads
        ? db.Set<Contact>().Where(c => threads.Any(t => t.ContactId == c.Id))
        : db.Set<Contact>();
}
