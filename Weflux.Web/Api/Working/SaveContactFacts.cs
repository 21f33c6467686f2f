using System.Globalization;
using System.Text.Json;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.AddressBook;
using Weflux.Web.Contacts;
using Weflux.Web.Data;

namespace Weflux.Web.Api.Working;

/// <summary>What a program says of a contact. What is null stays as it is.</summary>
public sealed record ContactFacts(
    string? Name, string? Stage, IReadOnlyDictionary<string, JsonElement>? Fields, IReadOnlyList<string>? AddTags, IReadOnlyList<string>? RemoveTags);

/// <summary>The same, after it was looked at: what can be wrong still is that the contact has too many tags, or that the workspace changes its fields this very moment.</summary>
internal sealed record ContactPlan(
    string? Name, bool SetsStage, long? StageId, IReadOnlyList<(ContactField Field, string Value)> Values, IReadOnlyList<string> Added, IReadOnlyList<string> Removed);

/// <summary>
/// A program saves what it knows of a contact, through the use cases of the screens: first all of it is looked at, then it is
/// saved in one transaction, or none of it.
/// </summary>
public sealed class SaveContactFacts(ContactWordsQuery words, ContactEdits edits, AddContact add)
{
    internal async Task<(ContactPlan? Plan, ApiProblem? Problem)> ReadAsync(Actor actor, ContactFacts facts, CancellationToken cancellationToken)
    {
        if (await words.GetAsync(actor, cancellationToken) is not { } known)
        {
            return (null, new ApiProblem(StatusCodes.Status403Forbidden, "This key may not do that."));
        }

        if (facts.Name is not null && RenameContact.FaultOf(facts.Name) is { } fault)
        {
            return Wrong($"'name': {fault}", "name_not_possible");
        }

        LifecycleStage? stage = null;
        if (facts.Stage is { Length: > 0 } named)
        {
            stage = known.Stages.FirstOrDefault(s => string.Equals(s.Name, named.Trim(), StringComparison.OrdinalIgnoreCase))
                ?? known.Stages.FirstOrDefault(s => string.Equals(s.Id.ToString(CultureInfo.InvariantCulture), named.Trim(), StringComparison.Ordinal));
            if (stage is null)
            {
                return Wrong($"'stage' is none of {string.Join(", ", known.Stages.Select(s => s.Name))}.", "stage_unknown");
            }
        }

        var values = new List<(ContactField, string)>();
        foreach (var (key, value) in facts.Fields ?? new Dictionary<string, JsonElement>(StringComparer.Ordinal))
        {
            var field = known.Fields.FirstOrDefault(f => string.Equals(f.Key, key, StringComparison.Ordinal));
            if (field is null)
            {
                return Wrong($"'fields.{Domain.PlainText.Cut(key, ContactFieldRules.KeyLength)}' is no field of this workspace. GET /api/v1/contact-fields lists them.", "field_unknown");
            }

            if (Text(field.Type, value) is not { } text)
            {
                return Wrong($"'fields.{key}' is of the wrong type. {Expected(field.Type)}", "field_not_possible");
            }

            if (ContactFieldRules.Read(field.Type, field.Choices, text, out _) is not FieldFault.None and var bad)
            {
                return Wrong($"'fields.{key}': {FieldWords.Of(bad, field.Name)}", "field_not_possible");
            }

            values.Add((field, text));
        }

        foreach (var one in (facts.AddTags ?? []).Concat(facts.RemoveTags ?? []))
        {
            if (ContactTagRules.Read(one, out _) is null)
            {
                return Wrong($"A tag is 1 to {ContactTagRules.TagLength} characters on one line, without a comma.", "tag_not_possible");
            }
        }

        return (new ContactPlan(facts.Name, facts.Stage is not null, stage?.Id, values, facts.AddTags ?? [], facts.RemoveTags ?? []), null);
    }

    /// <returns>What could not be saved, and then nothing was; null if all of it was.</returns>
    internal async Task<ApiProblem?> ExecuteAsync(Actor actor, long contactId, ContactPlan plan, CancellationToken cancellationToken)
    {
        var steps = new Steps(plan, cancellationToken);
        return WorkAnswers.Explain(await edits.ApplyAllAsync(actor, contactId, Permission.EditContacts, steps.All, cancellationToken), steps.Reason);
    }

    /// <summary>Finds whoever has a number, or adds them, and saves the rest with that.</summary>
    /// <returns>What could not be saved, and then nobody was added either; null if all of it was.</returns>
    internal async Task<(AddAnswer? Added, ApiProblem? Problem)> AddAsync(Actor actor, string phone, ContactPlan plan, CancellationToken cancellationToken)
    {
        var steps = new Steps(plan, cancellationToken);
        Func<Task> tellAsync = () => Task.CompletedTask;
        try
        {
            var added = await add.ExecuteAsync(
                actor,
                phone,
                null,
                async (db, id) =>
                {
                    (var answer, tellAsync) = await edits.ApplyInAsync(db, actor, id, Permission.EditContacts, steps.All, cancellationToken);
                    if (WorkAnswers.Explain(answer, steps.Reason) is { } problem)
                    {
                        throw new NotSavedException(problem);
                    }
                },
                cancellationToken);
            await tellAsync();
            return (added, null);
        }
        catch (NotSavedException refused)
        {
            return (null, refused.Problem);
        }
    }

    private static (ContactPlan?, ApiProblem?) Wrong(string words, string reason) =>
        (null, WorkAnswers.Refuse(StatusCodes.Status422UnprocessableEntity, words, reason));

    /// <summary>A value as people would type it; null if JSON says something else.</summary>
    private static string? Text(ContactFieldType type, JsonElement value) => (type, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => "",
        (ContactFieldType.Number, JsonValueKind.Number) => value.GetRawText(),
        (ContactFieldType.YesNo, JsonValueKind.True) => ContactFieldRules.Yes,
        (ContactFieldType.YesNo, JsonValueKind.False) => ContactFieldRules.No,
        (ContactFieldType.Number or ContactFieldType.YesNo, _) => null,
        (_, JsonValueKind.String) => value.GetString(),
        _ => null,
    };

    private static string Expected(ContactFieldType type) => type switch
    {
        ContactFieldType.Number => "It is a number, or null.",
        ContactFieldType.YesNo => "It is true or false, or null.",
        ContactFieldType.Date => "It is a day such as \"2026-11-26\", or null.",
        _ => "It is words in quotes, or null.",
    };

    /// <summary>The changes that a plan stands for, each by the use case of the screens.</summary>
    private sealed class Steps
    {
        public Steps(ContactPlan plan, CancellationToken cancellationToken)
        {
            if (plan.Name is { } name)
            {
                Add("name_not_possible", (_, contact) => Task.FromResult(RenameContact.Change(contact, name)));
            }

            if (plan.SetsStage)
            {
                Add("stage_unknown", (db, contact) => SetContactStage.ChangeAsync(db, contact, plan.StageId, cancellationToken));
            }

            foreach (var (field, value) in plan.Values)
            {
                Add("field_not_possible", (db, contact) => SetContactField.ChangeAsync(db, contact, field.Id, value, cancellationToken));
            }

            // First off, so that there is room. What comes on again stays.
            var added = plan.Added.Select(KeyOf).ToHashSet(StringComparer.Ordinal);
            foreach (var tag in plan.Removed.DistinctBy(KeyOf, StringComparer.Ordinal).Where(t => !added.Contains(KeyOf(t))))
            {
                Add("tag_not_possible", (db, contact) => UntagContact.ChangeAsync(db, contact, tag, cancellationToken));
            }

            foreach (var tag in plan.Added)
            {
                Add("tag_not_possible", (db, contact) => TagContact.ChangeAsync(db, contact, tag, cancellationToken));
            }
        }

        public List<Func<WefluxDbContext, Contact, Task<ContactEdit?>>> All { get; } = [];

        /// <summary>The word for programs of the change that was begun last; if one was refused, it is that.</summary>
        public string Reason { get; private set; } = "not_possible";

        private static string KeyOf(string tag) => ContactTagRules.Read(tag, out _) ?? "";

        private void Add(string reason, Func<WefluxDbContext, Contact, Task<ContactEdit?>> changeAsync) => All.Add((db, contact) =>
        {
            Reason = reason;
            return changeAsync(db, contact);
        });
    }

    /// <summary>Takes the transaction back.</summary>
    private sealed class NotSavedException(ApiProblem problem) : Exception
    {
        public ApiProblem Problem => problem;
    }
}
