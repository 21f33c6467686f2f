using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;
using Weflux.Web.Audit;
using Weflux.Web.Data;

namespace Weflux.Web.Contacts;

/// <summary>Nothing is sent to a contact any more, or it is again: with a reason, on record.</summary>
public sealed class BlockContact(ContactEdits edits, AuditLog audit, TimeProvider time)
{
    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, bool isBlocked, string? reason, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.CurateContacts,
        async (db, contact) =>
        {
            if (contact.BlockedAt is not null == isBlocked)
            {
                return null;
            }

            if (ContactReason.Read(reason, out var why) is { } fault)
            {
                return ContactEdit.Refused(fault);
            }

            contact.Block(isBlocked, time.GetUtcNow());
            await audit.AddAsync(
                db,
                actor,
                isBlocked ? AuditActions.ContactBlocked : AuditActions.ContactUnblocked,
                AuditFacts.Made(ContactReason.Subject(contact), ("Reason", why)),
                cancellationToken);
            return new ContactEdit(isBlocked ? "Blocked" : "Unblocked", null, why);
        },
        cancellationToken);
}

/// <summary>Why somebody does something that goes on record.</summary>
internal static class ContactReason
{
    public const int Shortest = 3;
    public const int Longest = 200;

    /// <returns>What is wrong with it; null if nothing is.</returns>
    public static string? Read(string? typed, out string reason)
    {
        var fault = PlainName.Read(typed, Longest, out reason);
        return fault switch
        {
            NameFault.TooLong => $"A reason has at most {Longest} characters.",
            NameFault.Controls => "A reason is one line, without control characters.",
            NameFault.None when reason.Length >= Shortest => null,
            _ => $"Say why, in {Shortest} to {Longest} characters.",
        };
    }

    /// <summary>How the audit log names a contact: by number of the row, never by name or telephone.</summary>
    public static string Subject(Contact contact) => FormattableString.Invariant($"Contact {contact.Id}");
}
