using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Inbox;

namespace Weflux.Web.AddressBook;

/// <summary>One contact: who it is, the conversations, and page by page the notes, the consent ledger and the history of edits.</summary>
public sealed class ContactProfileQuery(WefluxDatabase database)
{
    public const int PageSize = 20;
    private const string SomebodyGone = "Somebody who left";

    /// <returns>Null if there is no such contact for this reader.</returns>
    public async Task<ContactProfile?> GetAsync(Actor actor, long contactId, CancellationToken cancellationToken = default)
    {
        if (!ContactSight.HasAny(actor))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var contact = await ContactSight.Of(db, actor).AsNoTracking().Include(c => c.Identities).AsSplitQuery()
            .OrderBy(c => c.Id).SingleOrDefaultAsync(c => c.Id == contactId, cancellationToken);
        if (contact is null)
        {
            return null;
        }

        var threads = await (
            from t in db.Set<Conversation>()
            join n in db.Set<Connection>() on t.ConnectionId equals n.Id
            where t.ContactId == contactId
            select new { Thread = t, n.Name, n.DisplayPhoneNumber }).AsNoTracking().ToListAsync(cancellationToken);
        var seen = threads.Where(t => actor.MaySee(t.Thread.Holding) || actor.May(Permission.SeeAllConversations)).ToList();
        var colleagues = await SharedRows.ColleaguesAsync(db, seen.Select(t => t.Thread.AssigneeId), cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return new ContactProfile(
            contact.Id,
            ContactNames.Show(contact.DisplayName, contact.Phone, seesNumbers),
            Shown(actor, contact.GivenName),
            ContactNames.Show(contact.ProfileName, seesNumbers),
            Shown(actor, contact.Username),
            seesNumbers ? contact.Phone?.E164 : contact.Phone?.Masked,
            contact.Phone is not null && !seesNumbers,
            contact.IsGroup,
            contact.FirstSeenAt,
            contact.LastSeenAt,
            contact.BlockedAt,
            contact.RestrictedAt,
            new ConsentSummary(contact.Standing, contact.Consent.AllStoppedAt, contact.Consent.MarketingStoppedAt, contact.Consent.MarketingGivenAt),
            [.. contact.Identities.OrderBy(i => i.Kind).ThenBy(i => i.Id).Select(i => Line(i, seesNumbers))],
            [.. seen.OrderByDescending(t => t.Thread.LastActivityAt).Select(t => new ThreadLine(
                t.Thread.Id,
                t.Name,
                t.DisplayPhoneNumber,
                t.Thread.State,
                t.Thread.LastActivityAt,
                t.Thread.AssigneeId is { } holder ? colleagues.GetValueOrDefault(holder.Value)?.Name ?? SomebodyGone : null,
                t.Thread.NeedsReply))],
            threads.Count - seen.Count,
            actor.May(Permission.EditContacts),
            actor.May(Permission.CurateContacts),
            actor.May(Permission.SendTemplates) && actor.May(Permission.WorkConversations) && actor.Key is null,
            counter);
    }

    /// <summary>What the contact decided, with the proofs, before a line that is shown.</summary>
    public async Task<Lines<ConsentLine>?> ConsentsAsync(Actor actor, long contactId, long beforeId = long.MaxValue, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        if (!await MaySeeAsync(db, actor, contactId, cancellationToken))
        {
            return null;
        }

        // In the order of time, which is not that of the keys: what a person records may be of long ago.
        var before = await db.Set<ConsentEntry>().Where(e => e.Id == beforeId && e.ContactId == contactId).Select(e => (DateTimeOffset?)e.At).SingleOrDefaultAsync(cancellationToken);
        var range = db.Set<ConsentEntry>().Where(e => e.ContactId == contactId);
        if (before is { } at)
        {
            range = range.Where(e => e.At <= at && (e.At < at || e.Id < beforeId));
        }

        var rows = await range.OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, rows.Select(r => r.ActorId), cancellationToken);
        return Cut(rows, e => new ConsentLine(
            e.Id, e.Purpose, e.Decision, e.Source, Shown(actor, e.Evidence)!, e.MessageWhatsAppId is not null, e.RuleVersion, e.ActorId is { } who ? people.GetValueOrDefault(who.Value)?.Name ?? SomebodyGone : null, e.At));
    }

    /// <summary>The notes before one that is shown.</summary>
    public async Task<Lines<NoteLine>?> NotesAsync(Actor actor, long contactId, long beforeId = long.MaxValue, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        if (!await MaySeeAsync(db, actor, contactId, cancellationToken))
        {
            return null;
        }

        var rows = await db.Set<ContactNote>().Where(n => n.ContactId == contactId && n.Id < beforeId)
            .OrderByDescending(n => n.Id).Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, rows.Select(r => (UserId?)r.AuthorId), cancellationToken);
        return Cut(rows, n => new NoteLine(
            n.Id, people.GetValueOrDefault(n.AuthorId.Value)?.Name ?? SomebodyGone, Shown(actor, n.Text)!, n.At, actor.May(Permission.EditContacts) && RemoveContactNote.MayRemove(actor, n.AuthorId)));
    }

    /// <summary>Who changed what, before a line that is shown.</summary>
    public async Task<Lines<ChangeLine>?> ChangesAsync(Actor actor, long contactId, long beforeId = long.MaxValue, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        if (!await MaySeeAsync(db, actor, contactId, cancellationToken))
        {
            return null;
        }

        var rows = await db.Set<ContactChange>().Where(c => c.ContactId == contactId && c.Id < beforeId)
            .OrderByDescending(c => c.Id).Take(PageSize + 1).AsNoTracking().ToListAsync(cancellationToken);
        return Cut(rows, c => new ChangeLine(c.Id, c.What, Shown(actor, c.Before), Shown(actor, c.After), c.ActorName, c.At));
    }

    private static async Task<bool> MaySeeAsync(WefluxDbContext db, Actor actor, long contactId, CancellationToken cancellationToken) =>
        ContactSight.HasAny(actor)
        && await ContactSight.Of(db, actor).Where(c => c.Id == contactId).Select(c => (long?)c.Id).SingleOrDefaultAsync(cancellationToken) is not null;

    private static Lines<TLine> Cut<TRow, TLine>(List<TRow> rows, Func<TRow, TLine> shape) => new([.. rows.Take(PageSize).Select(shape)], rows.Count > PageSize);

    /// <summary>What people wrote may name numbers, too.</summary>
    private static string? Shown(Actor actor, string? words) =>
        words is null || actor.May(Permission.SeePhoneNumbers) ? words : PhoneNumber.MaskIn(words);

    private static IdentityLine Line(ContactIdentity identity, bool seesNumbers) => identity.Kind switch
    {
        IdentityKind.BusinessScopedUserId => new("User id", identity.Value, identity.FirstSeenAt),
        IdentityKind.FormerUserId => new("Former user id", identity.Value, identity.FirstSeenAt),
        IdentityKind.ParentBusinessScopedUserId => new("User id of the managed business", identity.Value, identity.FirstSeenAt),
        IdentityKind.Group => new("Group", identity.Value, identity.FirstSeenAt),
        _ => new("WhatsApp number", !PhoneNumber.TryParse(identity.Value, out var number) ? "•••" : seesNumbers ? number.E164 : number.Masked, identity.FirstSeenAt),
    };
}
