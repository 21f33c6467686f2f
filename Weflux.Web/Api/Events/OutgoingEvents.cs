using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Api.Reading;
using Weflux.Web.Contacts;
using Weflux.Web.Data;
using Weflux.Web.Media;

namespace Weflux.Web.Api.Events;

/// <summary>Turns what a transaction changed into events, in the shapes that the API has for the same things. It reads inside that transaction.</summary>
internal sealed class OutgoingEvents
{
    private readonly WefluxDbContext _db;
    private readonly WorkspaceId _workspace;
    private readonly HashSet<string> _wanted;
    private readonly DateTimeOffset _now;
    private readonly CancellationToken _cancellationToken;
    private readonly List<OutgoingEvent> _events = [];

    private OutgoingEvents(WefluxDbContext db, WorkspaceId workspace, HashSet<string> wanted, DateTimeOffset now, CancellationToken cancellationToken) =>
        (_db, _workspace, _wanted, _now, _cancellationToken) = (db, workspace, wanted, now, cancellationToken);

    public static async Task<IReadOnlyList<OutgoingEvent>> ReadAsync(
        WefluxDbContext db, WorkspaceId workspace, SeenChanges seen, HashSet<string> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = new OutgoingEvents(db, workspace, wanted, now, cancellationToken);
        await events.ContactsAsync(seen);
        await events.ConversationsAsync(seen);
        await events.MessagesAsync(seen);
        await events.NotesAsync(seen);
        await events.ConsentAsync(seen);
        return events._events;
    }

    private IQueryable<T> Rows<T>()
        where T : class => _db.Set<T>().AcrossWorkspaces().AsNoTracking();

    private async Task ContactsAsync(SeenChanges seen)
    {
        var met = seen.Met.Where(c => c.WorkspaceId == _workspace).Select(c => c.Id).ToHashSet();
        var changed = seen.ContactsChanged.Where(c => c.Workspace == _workspace && !met.Contains(c.Id)).Select(c => c.Id).ToHashSet();
        if (!_wanted.Contains(EventTypes.ContactCreated))
        {
            met.Clear();
        }

        if (!_wanted.Contains(EventTypes.ContactUpdated))
        {
            changed.Clear();
        }

        var ids = met.Concat(changed).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        // Who was merged into another contact meanwhile is not here any more.
        var contacts = await Rows<Contact>().Include(c => c.Identities).AsSplitQuery().Where(c => ids.Contains(c.Id)).ToListAsync(_cancellationToken);
        var facts = await ContactShapes.ReadAsync(_db, contacts, _cancellationToken);
        _events.AddRange(contacts.Select(c => new OutgoingEvent(
            met.Contains(c.Id) ? EventTypes.ContactCreated : EventTypes.ContactUpdated,
            _now,
            c.Id,
            (numbers, _) => new JsonObject { ["contact"] = OutgoingEvent.Node(facts.Show(c, numbers)) })));
    }

    private async Task ConversationsAsync(SeenChanges seen)
    {
        var begun = _wanted.Contains(EventTypes.ConversationCreated) ? seen.Begun.Where(c => c.WorkspaceId == _workspace).ToList() : [];
        var told = seen.Told.Where(e => e.WorkspaceId == _workspace && _wanted.Contains(EventTypes.Of(e.Kind)!)).ToList();
        var ids = begun.Select(c => c.Id).Concat(told.Select(e => e.ConversationId)).Distinct().ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var found = await Rows<Conversation>().Where(c => ids.Contains(c.Id)).ToListAsync(_cancellationToken);
        var shapes = (await ConversationShapes.ReadAsync(_db, found, _now, _cancellationToken)).ToDictionary(c => c.Id);
        foreach (var conversation in begun)
        {
            if (shapes.TryGetValue(conversation.Id, out var shape))
            {
                _events.Add(new OutgoingEvent(
                    EventTypes.ConversationCreated, _now, shape.ContactId, (_, _) => new JsonObject { ["conversation"] = OutgoingEvent.Node(shape) }));
            }
        }

        foreach (var line in told)
        {
            if (shapes.TryGetValue(line.ConversationId, out var shape))
            {
                _events.Add(new OutgoingEvent(EventTypes.Of(line.Kind)!, line.At, shape.ContactId, (numbers, text) => Say(line, shape, numbers, text)));
            }
        }
    }

    private static JsonObject Say(ConversationEvent line, ApiConversation conversation, bool numbers, bool text)
    {
        var data = new JsonObject { ["conversation"] = OutgoingEvent.Node(conversation), ["by"] = By(line.ActorId, line.Program) };
        switch (line.Kind)
        {
            case ConversationEventKind.LabelAdded or ConversationEventKind.LabelRemoved:
                data["label"] = new JsonObject { ["id"] = line.SubjectId, ["name"] = line.Words };
                data["isOn"] = line.Kind == ConversationEventKind.LabelAdded;
                break;
            case ConversationEventKind.ParticipantAdded or ConversationEventKind.ParticipantRemoved:
                data["memberId"] = line.SubjectMember?.Value;
                data["isOn"] = line.Kind == ConversationEventKind.ParticipantAdded;
                break;
            case ConversationEventKind.Closed when text && line.Words is { } words:
                data["reason"] = numbers ? words : PhoneNumber.MaskIn(words);
                break;
            case var kind when EventTypes.Of(kind) is EventTypes.ConversationAssigned or EventTypes.ConversationHandOver:
                data["how"] = ApiWords.Of(kind);
                data["why"] = line.Reason is { } reason ? ApiWords.Of(reason) : null;
                data["memberId"] = line.SubjectMember?.Value;
                data["teamId"] = line.SubjectTeam;
                break;
        }

        return data;
    }

    private static JsonObject By(UserId? member, string? program) => new()
    {
        ["memberId"] = member is { Value: not 0 } id ? id.Value : null,
        ["apiKey"] = program,
    };

    private async Task MessagesAsync(SeenChanges seen)
    {
        var received = _wanted.Contains(EventTypes.MessageReceived) ? seen.Received.Where(m => m.WorkspaceId == _workspace).Select(m => m.Id).ToHashSet() : [];
        var moved = _wanted.Contains(EventTypes.MessageStatus) ? seen.Moved.Where(m => m.WorkspaceId == _workspace).Select(m => m.Id).ToHashSet() : [];
        var ids = received.Concat(moved).ToList();
        if (ids.Count == 0)
        {
            return;
        }

        var files = _db.Set<MessageFile>().AcrossWorkspaces();
        var rows = await (
            from message in Rows<Message>().Where(m => ids.Contains(m.Id))
            join conversation in Rows<Conversation>() on message.ConversationId equals conversation.Id
            orderby message.Sequence
            select new
            {
                Message = message,
                conversation.ContactId,
                FileId = files.Where(l => l.MessageId == message.Id).OrderBy(l => l.FileId).Select(l => (long?)l.FileId).FirstOrDefault(),
            }).ToListAsync(_cancellationToken);
        var references = await MessageStreamQuery.ReferencesAsync(_db, [.. rows.Select(r => r.Message)], _cancellationToken);
        _events.AddRange(rows.Select(r => new OutgoingEvent(
            received.Contains(r.Message.Id) ? EventTypes.MessageReceived : EventTypes.MessageStatus,
            received.Contains(r.Message.Id) ? r.Message.ReceivedAt : _now,
            r.ContactId,
            (numbers, text) =>
            {
                var shape = ApiMessage.Of(r.Message, r.ContactId, numbers, references(r.Message)) with { MediaId = r.FileId };
                return new JsonObject { ["message"] = text ? OutgoingEvent.Node(shape) : OutgoingEvent.Node(shape, "text", "content", "referral", "groupSpeaker") };
            })));
    }

    private async Task NotesAsync(SeenChanges seen)
    {
        var written = _wanted.Contains(EventTypes.NoteCreated) ? seen.NotesWritten.Where(n => n.WorkspaceId == _workspace).ToList() : [];
        var changed = _wanted.Contains(EventTypes.NoteUpdated)
            ? seen.NotesChanged.Where(n => n.WorkspaceId == _workspace && !seen.NotesWritten.Contains(n)).ToList()
            : [];
        var notes = written.Concat(changed).ToList();
        if (notes.Count == 0)
        {
            return;
        }

        var ids = notes.ConvertAll(n => n.ConversationId);
        var contacts = await Rows<Conversation>().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.ContactId })
            .ToDictionaryAsync(c => c.Id, c => c.ContactId, _cancellationToken);
        _events.AddRange(notes.Where(n => contacts.ContainsKey(n.ConversationId)).Select(n => new OutgoingEvent(
            written.Contains(n) ? EventTypes.NoteCreated : EventTypes.NoteUpdated,
            n.DeletedAt ?? n.EditedAt ?? n.WrittenAt,
            contacts[n.ConversationId],
            (numbers, text) => new JsonObject { ["note"] = text ? OutgoingEvent.Node(ApiNote.Of(n, numbers)) : OutgoingEvent.Node(ApiNote.Of(n, numbers), "text") })));
    }

    private async Task ConsentAsync(SeenChanges seen)
    {
        var decided = _wanted.Contains(EventTypes.ConsentChanged) ? seen.Decided.Where(d => d.WorkspaceId == _workspace).ToList() : [];
        if (decided.Count == 0)
        {
            return;
        }

        var ids = decided.Select(d => d.ContactId).Distinct().ToList();
        var contacts = await Rows<Contact>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, _cancellationToken);
        _events.AddRange(decided.Where(d => contacts.ContainsKey(d.ContactId)).Select(d => new OutgoingEvent(
            EventTypes.ConsentChanged,
            _now,
            d.ContactId,
            (numbers, text) =>
            {
                var data = new JsonObject
                {
                    ["contactId"] = d.ContactId,
                    ["purpose"] = ApiWords.Of(d.Purpose),
                    ["decision"] = ApiWords.Of(d.Decision),
                    ["source"] = ApiWords.Of(d.Source),
                    ["decidedAt"] = d.At.UtcDateTime,
                    ["consent"] = OutgoingEvent.Node(ApiConsent.Of(contacts[d.ContactId].Consent)),
                };
                if (text)
                {
                    data["evidence"] = numbers ? d.Evidence : PhoneNumber.MaskIn(d.Evidence);
                }

                return data;
            })));
    }
}
