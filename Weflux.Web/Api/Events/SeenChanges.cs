using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Contacts;

namespace Weflux.Web.Api.Events;

/// <summary>
/// What one transaction has changed and others may be told of. It looks at what is saved and not at who saves it, so a use case
/// cannot forget to tell. Changes of many rows by one statement are not seen: moving a merged contact's thread, deleting a
/// label, giving what a removed member had closed to nobody.
/// </summary>
internal sealed class SeenChanges
{
    private readonly HashSet<Contact> _met = [];

    public List<Message> Received { get; } = [];

    public HashSet<Message> Moved { get; } = [];

    public List<Conversation> Begun { get; } = [];

    public List<ConversationEvent> Told { get; } = [];

    public HashSet<Note> NotesWritten { get; } = [];

    public HashSet<Note> NotesChanged { get; } = [];

    public IReadOnlyCollection<Contact> Met => _met;

    /// <summary>Contacts of which something changed, by id.</summary>
    public HashSet<(WorkspaceId Workspace, long Id)> ContactsChanged { get; } = [];

    public List<ConsentEntry> Decided { get; } = [];

    public bool IsEmpty => Received.Count + Moved.Count + Begun.Count + Told.Count + NotesWritten.Count + NotesChanged.Count
        + _met.Count + ContactsChanged.Count + Decided.Count == 0;

    /// <summary>The workspaces in which something changed.</summary>
    public IEnumerable<WorkspaceId> Workspaces() => Received.Concat(Moved).Select(m => m.WorkspaceId)
        .Concat(Begun.Select(c => c.WorkspaceId)).Concat(Told.Select(e => e.WorkspaceId))
        .Concat(NotesWritten.Concat(NotesChanged).Select(n => n.WorkspaceId)).Concat(_met.Select(c => c.WorkspaceId))
        .Concat(ContactsChanged.Select(c => c.Workspace)).Concat(Decided.Select(d => d.WorkspaceId)).Distinct();

    /// <summary>Looks at what is about to be saved. The tracker knows already what has changed.</summary>
    public void Look(ChangeTracker tracker)
    {
        // Asking for entries would look for changes a second time.
        var looks = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var entry in tracker.Entries())
            {
                Look(entry);
            }
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = looks;
        }
    }

    private void Look(EntityEntry entry)
    {
        switch (entry.State, entry.Entity)
        {
            case (EntityState.Added, Message { Direction: MessageDirection.In, Origin: MessageOrigin.Customer } message):
                Received.Add(message);
                break;
            case (EntityState.Added, Message { Direction: MessageDirection.Out, Origin: MessageOrigin.PhoneApp } typed):
                Moved.Add(typed);
                break;
            case (EntityState.Modified, Message { Direction: MessageDirection.Out } sent) when IsFurther(entry, sent):
                Moved.Add(sent);
                break;
            case (EntityState.Added, Conversation conversation):
                Begun.Add(conversation);
                break;
            case (EntityState.Added, ConversationEvent told) when EventTypes.Of(told.Kind) is not null:
                Told.Add(told);
                break;
            case (EntityState.Added, Note written):
                NotesWritten.Add(written);
                break;
            case (EntityState.Modified, Note edited) when Changed(entry, nameof(Note.Text)):
                NotesChanged.Add(edited);
                break;
            case (EntityState.Added, Contact { IsGroup: false } met):
                _met.Add(met);
                break;
            case (EntityState.Modified, Contact { IsGroup: false } contact) when Changed(
                entry, nameof(Contact.GivenName), nameof(Contact.ProfileName), nameof(Contact.Username), nameof(Contact.PhoneDigits),
                nameof(Contact.StageId), nameof(Contact.BlockedAt), nameof(Contact.RestrictedAt)):
                ContactsChanged.Add((contact.WorkspaceId, contact.Id));
                break;
            case (EntityState.Added or EntityState.Modified or EntityState.Deleted, ContactFieldValue value):
                ContactsChanged.Add((value.WorkspaceId, value.ContactId));
                break;
            case (EntityState.Added or EntityState.Deleted, ContactTag tag):
                ContactsChanged.Add((tag.WorkspaceId, tag.ContactId));
                break;
            case (EntityState.Added, ConsentEntry entryOfLedger):
                Decided.Add(entryOfLedger);
                break;
        }
    }

    private static bool IsFurther(EntityEntry entry, Message message) =>
        message.Status is not (DeliveryStatus.None or DeliveryStatus.Queued or DeliveryStatus.Sending) && Changed(entry, nameof(Message.Status));

    private static bool Changed(EntityEntry entry, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (entry.Property(name).IsModified)
            {
                return true;
            }
        }

        return false;
    }
}
