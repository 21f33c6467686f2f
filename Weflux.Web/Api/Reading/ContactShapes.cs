using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Reading;

/// <summary>Contacts with what stands in other tables: stages, fields and tags.</summary>
internal sealed class ContactShapes
{
    private readonly Dictionary<long, ApiStage> _stages;
    private readonly ILookup<long, (string Key, ContactFieldType Type, string Value)> _values;
    private readonly ILookup<long, string> _tags;

    private ContactShapes(
        Dictionary<long, ApiStage> stages, ILookup<long, (string Key, ContactFieldType Type, string Value)> values, ILookup<long, string> tags) =>
        (_stages, _values, _tags) = (stages, values, tags);

    public static async Task<ContactShapes> ReadAsync(WefluxDbContext db, IReadOnlyList<Contact> contacts, CancellationToken cancellationToken)
    {
        var ids = contacts.Select(c => c.Id).ToList();
        var stageIds = contacts.Select(c => c.StageId).OfType<long>().Distinct().ToList();
        var stages = stageIds.Count == 0 ? [] : await db.Set<LifecycleStage>().AsNoTracking().Where(s => stageIds.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, s => new ApiStage(s.Id, s.Name), cancellationToken);
        var values = ids.Count == 0 ? [] : await (
            from value in db.Set<ContactFieldValue>().Where(v => ids.Contains(v.ContactId))
            join field in db.Set<ContactField>().Where(f => f.ArchivedAt == null) on value.FieldId equals field.Id
            orderby field.Position, field.Id
            select new { value.ContactId, field.Key, field.Type, value.Value }).ToListAsync(cancellationToken);
        var tags = ids.Count == 0 ? [] : await db.Set<ContactTag>().Where(t => ids.Contains(t.ContactId)).OrderBy(t => t.Tag)
            .Select(t => new { t.ContactId, t.Shown }).ToListAsync(cancellationToken);
        return new ContactShapes(
            stages,
            values.ToLookup(v => v.ContactId, v => (v.Key, v.Type, v.Value)),
            tags.ToLookup(t => t.ContactId, t => t.Shown));
    }

    public ApiContact Show(Contact contact, bool seesNumbers) => ApiContact.Of(contact, seesNumbers) with
    {
        Stage = contact.StageId is { } stage ? _stages.GetValueOrDefault(stage) : null,
        Fields = _values[contact.Id].ToDictionary(v => v.Key, v => Typed(v.Type, v.Value, seesNumbers), StringComparer.Ordinal),
        Tags = [.. _tags[contact.Id].Select(t => seesNumbers ? t : PhoneNumber.MaskIn(t))],
    };

    // A telephone may stand in any field, also in one for numbers.
    private static object Typed(ContactFieldType type, string value, bool seesNumbers)
    {
        if (!seesNumbers && PhoneNumber.MaskIn(value) is var masked && !string.Equals(masked, value, StringComparison.Ordinal))
        {
            return masked;
        }

        return type switch
        {
            ContactFieldType.Number when decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
            ContactFieldType.YesNo => string.Equals(value, ContactFieldRules.Yes, StringComparison.Ordinal),
            _ => value,
        };
    }
}
