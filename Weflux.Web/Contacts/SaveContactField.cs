using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>A field as it is typed.</summary>
/// <param name="Id">Which one is changed; null for a new one.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Key">What programs call it, for a new one; empty for one made of the name.</param>
/// <param name="Type">What it holds, for a new one.</param>
/// <param name="Choices">What can be chosen, one a line.</param>
public sealed record FieldDraft(long? Id, string Name, string Key, ContactFieldType Type, string Choices);

/// <summary>A Manager or Admin makes a field of contacts, or renames one and changes its list. Key and type of a field stay.</summary>
public sealed class SaveContactField(CatalogEdits edits)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, FieldDraft draft, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        async db =>
        {
            var all = await db.Set<ContactField>().ToListAsync(cancellationToken);
            var field = draft.Id is { } id ? all.Find(f => f.Id == id) : null;
            if (draft.Id is not null && field is null)
            {
                return null;
            }

            var type = field?.Type ?? draft.Type;
            return FaultOf(draft, type, field, all, out var name, out var choices) is { } fault ? CatalogEdit.Refused(fault)
                : field is null ? Make(db, actor, draft, name, choices, all)
                : Change(field, name, choices);
        },
        cancellationToken);

    private static CatalogEdit Make(WefluxDbContext db, Actor actor, FieldDraft draft, string name, IReadOnlyList<string> choices, List<ContactField> all)
    {
        var key = draft.Key.Trim() is { Length: > 0 } typed ? typed : FreeKey(name, all);
        if (!ContactFieldRules.IsKey(key))
        {
            return CatalogEdit.Refused("A key has small letters a to z, digits and hyphens, at most 40, such as order-number. Leave it empty to have one made.");
        }

        if (all.Exists(f => string.Equals(f.Key, key, StringComparison.Ordinal)))
        {
            return CatalogEdit.Refused("Another field has this key, perhaps one that was put away. Choose another key.");
        }

        db.Add(new ContactField
        {
            WorkspaceId = actor.Workspace,
            Name = name,
            Key = key,
            Type = draft.Type,
            Choices = choices,
            Position = all.Select(f => f.Position).DefaultIfEmpty().Max() + 1,
        });
        return new CatalogEdit(AuditActions.ContactFieldSaved, AuditFacts.Made(name, ("Key", key), ("Type", FieldWords.Of(draft.Type)), ("Choices", string.Join(", ", choices))));
    }

    private static CatalogEdit Change(ContactField field, string name, IReadOnlyList<string> choices)
    {
        var facts = AuditFacts.Changed(name, ("Name", field.Name, name), ("Choices", string.Join(", ", field.Choices), string.Join(", ", choices)));
        field.Name = name;
        if (!field.Choices.SequenceEqual(choices, StringComparer.Ordinal))
        {
            field.Choices = choices;
        }

        return new CatalogEdit(AuditActions.ContactFieldSaved, facts);
    }

    private static string? FaultOf(FieldDraft draft, ContactFieldType type, ContactField? field, List<ContactField> all, out string name, out IReadOnlyList<string> choices)
    {
        choices = type == ContactFieldType.Choice ? Lines(draft.Choices) : [];
        var named = PlainName.Read(draft.Name, ContactFieldRules.NameLength, out var read);
        name = read;
        return named switch
        {
            NameFault.Blank => "Give the field a name.",
            NameFault.TooLong => $"A name has at most {ContactFieldRules.NameLength} characters.",
            NameFault.Controls => "A name is one line, without control characters.",
            _ when !FieldWords.Types.Contains(type) => "Choose what the field holds.",
            _ when all.Exists(f => f != field && f.ArchivedAt is null && string.Equals(f.Name, read, StringComparison.OrdinalIgnoreCase)) => "There is a field of this name already.",
            _ when field is null && all.Count(f => f.ArchivedAt is null) >= ContactFieldRules.MostFields => $"There are {ContactFieldRules.MostFields} fields already. Put one away first.",
            _ when type == ContactFieldType.Choice => ChoicesFault(choices),
            _ => null,
        };
    }

    private static string? ChoicesFault(IReadOnlyList<string> choices) => choices switch
    {
        { Count: 0 } => "Write at least one choice, each on a line of its own.",
        { Count: > ContactFieldRules.MostChoices } => $"A list has at most {ContactFieldRules.MostChoices} choices.",
        _ when choices.Any(c => PlainName.Read(c, ContactFieldRules.ChoiceLength, out _) != NameFault.None) => $"A choice is 1 to {ContactFieldRules.ChoiceLength} characters, without control characters.",
        _ when choices.Distinct(StringComparer.Ordinal).Count() < choices.Count => "A choice stands twice in the list.",
        _ => null,
    };

    private static List<string> Lines(string? text) =>
        [.. (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string FreeKey(string name, List<ContactField> all)
    {
        var key = ContactFieldRules.KeyOf(name) is { Length: > 0 } made ? made : "field";
        var free = key;
        for (var i = 2; all.Exists(f => string.Equals(f.Key, free, StringComparison.Ordinal)); i++)
        {
            free = FormattableString.Invariant($"{key.Cut(ContactFieldRules.KeyLength - 4)}-{i}");
        }

        return free;
    }
}
