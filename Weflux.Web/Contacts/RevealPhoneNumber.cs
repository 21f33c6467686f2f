using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Audit;

namespace Weflux.Web.Contacts;

/// <summary>A number that was revealed, once.</summary>
/// <param name="Number">In full; null unless it was revealed.</param>
public sealed record RevealedNumber(ContactAnswer Answer, string? Number = null)
{
    /// <summary>Never the number: records end up in texts.</summary>
    public override string ToString() => Answer.Outcome.ToString();
}

/// <summary>
/// Shows one masked number in full, to whoever may, for a reason: on record in the audit log and in the contact's history, in
/// one transaction with the look.
/// </summary>
public sealed class RevealPhoneNumber(ContactEdits edits, AuditLog audit)
{
    public async Task<RevealedNumber> ExecuteAsync(Actor actor, long contactId, string? reason, CancellationToken cancellationToken = default)
    {
        PhoneNumber? number = null;
        var answer = await edits.ApplyAsync(
            actor,
            contactId,
            Permission.RevealPhoneNumber,
            async (db, contact) =>
            {
                if (ContactReason.Read(reason, out var why) is { } fault)
                {
                    return ContactEdit.Refused(fault);
                }

                if (contact.Phone is not { } phone)
                {
                    return ContactEdit.Refused("This contact hides the number. WhatsApp does not tell it.");
                }

                await audit.AddAsync(
                    db, actor, AuditActions.NumberRevealed, AuditFacts.Made(ContactReason.Subject(contact), ("Reason", why)), cancellationToken);
                number = phone;
                return new ContactEdit("Phone number revealed", null, why);
            },
            cancellationToken);
        return new RevealedNumber(answer, answer.Outcome == ContactOutcome.Saved ? number?.E164 : null);
    }
}
