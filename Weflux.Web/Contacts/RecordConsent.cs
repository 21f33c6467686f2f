using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;
using Weflux.Web.Team;

namespace Weflux.Web.Contacts;

/// <summary>What a contact decided outside of WhatsApp, as somebody records it.</summary>
/// <param name="Purpose">What it is about.</param>
/// <param name="Decision">What was decided.</param>
/// <param name="Way">Where the contact said so, one of <see cref="RecordConsent.Ways"/>.</param>
/// <param name="Words">The exact words.</param>
/// <param name="On">On which day of the workspace.</param>
public sealed record ConsentRecord(ConsentPurpose Purpose, ConsentDecision Decision, string Way, string Words, DateOnly? On);

/// <summary>A Manager or Admin records what a contact decided elsewhere, with the evidence. It goes into the ledger, which is only ever added to.</summary>
public sealed class RecordConsent(ContactEdits edits, AuditLog audit, TimeProvider time)
{
    public const int WordsLength = 1000;

    public static IReadOnlyList<string> Ways { get; } = ["On our website", "In the shop", "On the phone", "By e-mail", "On paper", "In another way"];

    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, ConsentRecord record, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.CurateContacts,
        async (db, contact) =>
        {
            var now = time.GetUtcNow();
            if (FaultOf(record, now) is { } fault)
            {
                return ContactEdit.Refused(fault);
            }

            // The day is one of the workspace. Of a past one nobody knows the hour: a stop counts from its end and an agreement
            // from its beginning, so that the stricter wins. Of today's it counts from now: it is news after what was known this morning.
            var day = record.On!.Value;
            var zone = await WorkspaceTime.OfAsync(db, cancellationToken);
            var (begin, end) = (WorkspaceTime.Midnight(day, zone)!.Value, WorkspaceTime.Midnight(day.AddDays(1), zone)!.Value);
            var at = end > now ? now : record.Decision == ConsentDecision.Stopped ? end.AddSeconds(-1) : begin;
            var before = FieldWords.Of(contact.Standing);
            var evidence = $"{record.Way}: {record.Words.Trim()}";
            if (actor.Key is not null && await IsThereAsync(db, contactId, record, evidence, begin, end, cancellationToken))
            {
                return null;
            }

            db.Add(contact.Record(record.Purpose, record.Decision, evidence, actor.Key is null ? actor.User : null, at));
            var what = Words(record);
            await audit.AddAsync(
                db,
                actor,
                AuditActions.ConsentRecorded,
                AuditFacts.Made(ContactReason.Subject(contact), ("Decision", what), ("Way", record.Way), ("Rules", ConsentEntry.CurrentRuleVersion.ToString(System.Globalization.CultureInfo.InvariantCulture))),
                cancellationToken);
            return new ContactEdit($"Consent recorded: {what}", before, FieldWords.Of(contact.Standing));
        },
        cancellationToken);

    /// <summary>Whether the ledger has it already: a program that had no answer asks again.</summary>
    private static Task<bool> IsThereAsync(
        WefluxDbContext db, long contactId, ConsentRecord record, string evidence, DateTimeOffset begin, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var (purpose, decision) = (record.Purpose, record.Decision);
        return db.Set<ConsentEntry>().AnyAsync(
            e => e.ContactId == contactId && e.Purpose == purpose && e.Decision == decision && e.Source == ConsentSource.Person
                && e.At >= begin && e.At < end && e.Evidence == evidence,
            cancellationToken);
    }

    internal static string Words(ConsentRecord record) => (record.Purpose, record.Decision) switch
    {
        (ConsentPurpose.Marketing, ConsentDecision.Given) => "agreed to marketing",
        (ConsentPurpose.Marketing, _) => "stopped marketing",
        (_, ConsentDecision.Given) => "wants messages again",
        _ => "wants no messages",
    };

    private static string? FaultOf(ConsentRecord record, DateTimeOffset now) => record switch
    {
        { Purpose: not (ConsentPurpose.Marketing or ConsentPurpose.AllMessages) } or { Decision: not (ConsentDecision.Given or ConsentDecision.Stopped) } => "Choose what the contact decided.",
        _ when !Ways.Contains(record.Way, StringComparer.Ordinal) => "Choose where the contact said so.",
        _ when (record.Words ?? "").IsBlank() => "Write down the exact words: they are the proof.",
        { Words.Length: > WordsLength } => $"The words have at most {WordsLength} characters.",
        { On: null } => "Choose the day on which the contact said so.",
        { On: { } day } when day > DateOnly.FromDateTime(now.AddDays(1).UtcDateTime) => "This day has not come yet.",
        { On.Year: < 2009 } => "On this day there was no WhatsApp yet. Check the year.",
        _ => null,
    };
}
