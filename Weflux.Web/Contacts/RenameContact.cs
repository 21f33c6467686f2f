using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Team;

namespace Weflux.Web.Contacts;

/// <summary>A member says what the business calls a contact. Nothing typed brings back the name from WhatsApp.</summary>
public sealed class RenameContact(ContactEdits edits)
{
    public const int NameLength = 200;

    public Task<ContactAnswer> ExecuteAsync(Actor actor, long contactId, string? name, CancellationToken cancellationToken = default) => edits.ApplyAsync(
        actor,
        contactId,
        Permission.EditContacts,
        (_, contact) => Task.FromResult(Change(contact, name)),
        cancellationToken);

    /// <summary>What is wrong with a name that was typed; null if nothing is.</summary>
    internal static string? FaultOf(string? name) => PlainName.Read(name, NameLength, out _) switch
    {
        NameFault.TooLong => $"A name has at most {NameLength} characters.",
        NameFault.Controls => "A name is one line, without control characters.",
        _ => null,
    };

    internal static ContactEdit? Change(Contact contact, string? name)
    {
        if (FaultOf(name) is { } fault)
        {
            return ContactEdit.Refused(fault);
        }

        var before = contact.GivenName;
        contact.Rename(name);
        return string.Equals(before, contact.GivenName, StringComparison.Ordinal) ? null : new ContactEdit("Name", before, contact.GivenName);
    }
}
