using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>A number from which a conversation can be begun.</summary>
public sealed record StartNumber(long ConnectionId, string Name, string DisplayPhoneNumber);

/// <summary>Who stands behind a number that somebody typed.</summary>
/// <param name="Number">The number as it would be used.</param>
/// <param name="ConversationId">The thread there is already, if the reader may see it.</param>
/// <param name="IsHeldByOther">Whether there is a thread that the reader may not see.</param>
/// <param name="IsKnown">Whether the business knows the customer already.</param>
/// <param name="Name">The customer's name, if the reader may know it.</param>
/// <param name="Consent">What the customer allows.</param>
/// <param name="IsOwn">Whether it is a number of the business itself.</param>
public sealed record StartLook(PhoneNumber Number, long? ConversationId, bool IsHeldByOther, bool IsKnown, string? Name, Consent Consent, bool IsOwn = false);

/// <summary>What whoever begins a conversation must know first.</summary>
public sealed class NewConversationQuery(WefluxDatabase database)
{
    /// <returns>The numbers that can send; null if the actor may not begin conversations.</returns>
    public async Task<IReadOnlyList<StartNumber>?> NumbersAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!MayBegin(actor))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        return await db.Set<Connection>().Where(c => c.State == ConnectionState.Ready).OrderBy(c => c.Id)
            .Select(c => new StartNumber(c.Id, c.Name, c.DisplayPhoneNumber)).ToListAsync(cancellationToken);
    }

    /// <summary>Reads what was typed as whoever owns the business's number would mean it, and looks who that is.</summary>
    /// <returns>Who it is; null if it is no number, or the actor may not begin conversations from this one.</returns>
    public async Task<StartLook?> LookAsync(Actor actor, long connectionId, string typed, CancellationToken cancellationToken = default)
    {
        if (!MayBegin(actor))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var connection = await db.Set<Connection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == connectionId && c.State == ConnectionState.Ready, cancellationToken);
        if (connection is null || !TryRead(connection, typed, out var number))
        {
            return null;
        }

        if (await IsOwnAsync(db, number, cancellationToken))
        {
            return new StartLook(number, null, IsHeldByOther: false, IsKnown: false, null, new Consent(), IsOwn: true);
        }

        var contact = await FindAsync(db, number, cancellationToken);
        if (contact is null)
        {
            return new StartLook(number, null, IsHeldByOther: false, IsKnown: false, null, new Consent());
        }

        var id = contact.Id;
        var thread = await db.Set<Conversation>().AsNoTracking().SingleOrDefaultAsync(c => c.ContactId == id && c.ConnectionId == connectionId, cancellationToken);
        var sees = thread is not null && actor.MaySee(thread.Holding);
        return new StartLook(
            number,
            sees ? thread!.Id : null,
            thread is not null && !sees,
            IsKnown: true,
            sees || actor.May(Permission.SeeAllContacts) ? NameOf(contact, actor.May(Permission.SeePhoneNumbers)) : null,
            contact.Consent);
    }

    /// <summary>It goes into templates: one that is not to be seen whole is none.</summary>
    private static string? NameOf(Contact contact, bool seesNumbers) =>
        contact.DisplayName is { Length: > 0 } name && (seesNumbers || PhoneNumber.MaskIn(name) == name) ? name : null;

    internal static bool MayBegin(Actor actor) => actor.May(Permission.SendTemplates) && actor.May(Permission.WorkConversations);

    /// <summary>Numbers without a country code are meant as dialled where the business's own number is.</summary>
    internal static bool TryRead(Connection connection, string typed, out PhoneNumber number) =>
        PhoneNumber.TryParse(typed, PhoneNumber.TryParse(connection.DisplayPhoneNumber, out var own) ? CallingCode.Of(own) : default, out number);

    /// <summary>Whether a number is one of the business itself: nobody is met by writing to it.</summary>
    internal static async Task<bool> IsOwnAsync(WefluxDbContext db, PhoneNumber number, CancellationToken cancellationToken) =>
        (await db.Set<Connection>().Select(c => c.DisplayPhoneNumber).ToListAsync(cancellationToken))
            .Any(shown => PhoneNumber.TryParse(shown, out var own) && own == number);

    internal static PersonClaim Claim(PhoneNumber number) => new(null, null, number.Digits, null, null);

    /// <summary>Whoever is filed under the number or one of its known variants.</summary>
    private static async Task<Contact?> FindAsync(WefluxDbContext db, PhoneNumber number, CancellationToken cancellationToken)
    {
        var claim = Claim(number);
        var directory = await ContactDirectory.OpenAsync(db, Named, [claim], cancellationToken);
        return directory.Find(claim);
    }

    /// <summary>The contacts that hold one of these names, with all of their names.</summary>
    internal static IAsyncEnumerable<Contact> Named(WefluxDbContext db, List<string> values) => db.Set<Contact>()
        .Include(c => c.Identities)
        .Where(c => db.Set<ContactIdentity>().Where(i => EF.Parameter(values).Contains(i.Value)).Select(i => i.ContactId).Contains(c.Id))
        .AsAsyncEnumerable();
}
