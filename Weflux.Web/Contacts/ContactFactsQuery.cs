using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Data;

// The databases compare these columns by code; the comparison is translated and never run here.
#pragma warning disable CA1309

namespace Weflux.Web.Contacts;

/// <summary>A stage or a tag that can be chosen.</summary>
public sealed record StageChoice(long Id, string Name);

/// <summary>A field with what it says of one contact.</summary>
/// <param name="Value">As <see cref="ContactFieldRules"/> keeps it; empty for nothing.</param>
/// <param name="IsMasked">Whether a number in it is hidden from this reader, who cannot change it then.</param>
public sealed record FieldView(long Id, string Name, ContactFieldType Type, IReadOnlyList<string> Choices, string Value, bool IsMasked = false);

/// <summary>A tag of one contact.</summary>
/// <param name="Key">What it is known by; empty if a number in it is hidden from this reader, who cannot take it off then.</param>
/// <param name="Words">As the reader may see it.</param>
public sealed record TagView(string Key, string Words);

/// <summary>What the business keeps of a contact.</summary>
/// <param name="StageId">The stage; null for none.</param>
/// <param name="Stages">Those that can be chosen, with the one it is at.</param>
/// <param name="MayEdit">Whether the reader may change it.</param>
/// <param name="MayReveal">Whether the reader sees the number masked and may have it shown.</param>
public sealed record ContactFacts(
    long? StageId, IReadOnlyList<StageChoice> Stages, IReadOnlyList<TagView> Tags, IReadOnlyList<FieldView> Fields, bool MayEdit, bool MayReveal);

/// <summary>What stands beside a thread and on a profile: stage, tags and fields of one contact.</summary>
public sealed class ContactFactsQuery(WefluxDatabase database)
{
    /// <summary>How many tags are suggested.</summary>
    public const int MostSuggestions = 8;

    private const int MostLooked = 500;

    /// <returns>Null if there is no such contact for this reader.</returns>
    public async Task<ContactFacts?> GetAsync(Actor actor, long contactId, CancellationToken cancellationToken = default)
    {
        if (!ContactSight.HasAny(actor))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var contact = await ContactSight.Of(db, actor).Where(c => c.Id == contactId)
            .Select(c => new { c.StageId, HasNumber = c.PhoneDigits != null }).SingleOrDefaultAsync(cancellationToken);
        if (contact is null)
        {
            return null;
        }

        var stages = (await Stages.ReadAsync(database, actor.Workspace, cancellationToken)).Where(s => s.ArchivedAt is null || s.Id == contact.StageId);
        var tags = await db.Set<ContactTag>().Where(t => t.ContactId == contactId).OrderBy(t => t.Tag).Select(t => t.Shown).ToListAsync(cancellationToken);
        var values = await db.Set<ContactFieldValue>().Where(v => v.ContactId == contactId).ToDictionaryAsync(v => v.FieldId, v => v.Value, cancellationToken);
        var fields = await db.Set<ContactField>().AsNoTracking().Where(f => f.ArchivedAt == null).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return new ContactFacts(
            contact.StageId,
            [.. stages.Select(s => new StageChoice(s.Id, s.Name))],
            tags.ConvertAll(t => Shown(t, seesNumbers) is var shown && shown == t ? new TagView(t, t) : new TagView("", shown)),
            fields.ConvertAll(f => ViewOf(f, values.GetValueOrDefault(f.Id, ""), seesNumbers)),
            actor.May(Permission.EditContacts),
            contact.HasNumber && !actor.May(Permission.SeePhoneNumbers) && actor.May(Permission.RevealPhoneNumber));
    }

    /// <summary>
    /// Tags that are in use and begin so: the index is entered once for each, however many contacts have it. Those with a number
    /// that the reader may not see are left out.
    /// </summary>
    public async Task<IReadOnlyList<string>> TagsAsync(Actor actor, string beginning, int most = MostSuggestions, CancellationToken cancellationToken = default)
    {
        if (!ContactSight.HasAny(actor))
        {
            return [];
        }

        var start = ContactTagRules.Read(beginning, out _) ?? "";
        await using var db = database.Open(actor.Workspace);
        List<string> found = [];
        var next = await NextAsync(db.Set<ContactTag>().Where(t => string.Compare(t.Tag, start) >= 0));
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        for (var looked = 0; next is { } row && row.Tag.StartsWith(start, StringComparison.Ordinal) && found.Count < most && looked < MostLooked; looked++)
        {
            if (Shown(row.Shown, seesNumbers) == row.Shown)
            {
                found.Add(row.Shown);
            }

            var last = row.Tag;
            next = await NextAsync(db.Set<ContactTag>().Where(t => string.Compare(t.Tag, last) > 0));
        }

        return found;

        Task<ContactTag?> NextAsync(IQueryable<ContactTag> range) => range.AsNoTracking().OrderBy(t => t.Tag).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>A telephone may stand in any field.</summary>
    private static FieldView ViewOf(ContactField field, string value, bool seesNumbers)
    {
        var shown = Shown(value, seesNumbers);
        return new FieldView(field.Id, field.Name, field.Type, field.Choices, shown, shown != value);
    }

    private static string Shown(string words, bool seesNumbers) => seesNumbers ? words : PhoneNumber.MaskIn(words);
}
