using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Team;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Inbox.Working;

/// <summary>Notes and events of a thread, as one reader may see them.</summary>
public sealed class ActivityQuery(WefluxDatabase database)
{
    /// <summary>Of each kind at most so many at once; what a screen holds of a thread has seldom a tenth of it.</summary>
    public const int Most = 300;

    /// <summary>What stands in a part of the thread; nothing if the reader may not see it.</summary>
    /// <param name="actor">The reader.</param>
    /// <param name="conversationId">The thread.</param>
    /// <param name="from">From when on; null for the beginning.</param>
    /// <param name="before">Before when; null for until now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<ActivityItem>> RangeAsync(
        Actor actor, long conversationId, DateTimeOffset? from, DateTimeOffset? before, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        if (!await MaySeeAsync(db, actor, conversationId, cancellationToken))
        {
            return [];
        }

        var (start, end) = (from ?? DateTimeOffset.MinValue, before ?? DateTimeOffset.MaxValue);
        var notes = await db.Set<Note>().Where(n => n.ConversationId == conversationId && n.WrittenAt >= start && n.WrittenAt < end)
            .OrderByDescending(n => n.WrittenAt).ThenByDescending(n => n.Id).Take(Most).AsNoTracking().ToListAsync(cancellationToken);
        var events = await db.Set<ConversationEvent>().Where(e => e.ConversationId == conversationId && e.At >= start && e.At < end)
            .OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(Most).AsNoTracking().ToListAsync(cancellationToken);
        return await ShowAsync(db, actor, notes, events, cancellationToken);
    }

    /// <summary>What is new or has changed since; nothing if the reader may not see the thread.</summary>
    public async Task<IReadOnlyList<ActivityItem>> ChangesAsync(
        Actor actor, long conversationId, long afterSequence, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        if (!await MaySeeAsync(db, actor, conversationId, cancellationToken))
        {
            return [];
        }

        var notes = await db.Set<Note>().Where(n => n.ConversationId == conversationId && n.ChangeSequence > afterSequence)
            .OrderByDescending(n => n.ChangeSequence).Take(Most).AsNoTracking().ToListAsync(cancellationToken);
        var events = await db.Set<ConversationEvent>().Where(e => e.ConversationId == conversationId && e.Sequence > afterSequence)
            .OrderByDescending(e => e.Sequence).Take(Most).AsNoTracking().ToListAsync(cancellationToken);
        return await ShowAsync(db, actor, notes, events, cancellationToken);
    }

    /// <summary>A note of the reader's own as it is kept, to be edited; null if there is none.</summary>
    public async Task<string?> TextAsync(Actor actor, long noteId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        var note = await db.Set<Note>().AsNoTracking()
            .SingleOrDefaultAsync(n => n.Id == noteId && n.AuthorId == actor.User && n.DeletedAt == null, cancellationToken);
        return note is not null && await MaySeeAsync(db, actor, note.ConversationId, cancellationToken) ? note.Text : null;
    }

    /// <summary>When a note of a thread was written; null if it is not there any more, or the reader may not see the thread.</summary>
    public async Task<DateTimeOffset?> WrittenAtAsync(Actor actor, long conversationId, long noteId, CancellationToken cancellationToken = default)
    {
        await using var db = database.Open(actor.Workspace);
        return await MaySeeAsync(db, actor, conversationId, cancellationToken)
            ? await db.Set<Note>().Where(n => n.Id == noteId && n.ConversationId == conversationId && n.DeletedAt == null)
                .Select(n => (DateTimeOffset?)n.WrittenAt).SingleOrDefaultAsync(cancellationToken)
            : null;
    }

    /// <summary>The active members, by name: whom one can assign to or mention.</summary>
    public async Task<IReadOnlyList<MemberView>> MembersAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var places = await db.Set<Membership>().Where(m => m.IsActive).Select(m => new { m.UserId, m.Role }).ToListAsync(cancellationToken);
        var people = await SharedRows.ColleaguesAsync(db, places.Select(p => (UserId?)p.UserId), cancellationToken);
        return
        [
            .. from place in places
               let person = people.GetValueOrDefault(place.UserId.Value)
               where person is not null
               orderby person.Name, place.UserId.Value
               select new MemberView(place.UserId, person.Name, person.Picture, place.Role),
        ];
    }

    private static async Task<bool> MaySeeAsync(WefluxDbContext db, Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        var found = await db.Set<Conversation>().Where(c => c.Id == conversationId).Select(c => new { c.AssigneeId }).SingleOrDefaultAsync(cancellationToken);
        return found is not null && actor.May(Permission.WorkConversations) && actor.MaySee(found.AssigneeId);
    }

    private static async Task<IReadOnlyList<ActivityItem>> ShowAsync(
        WefluxDbContext db, Actor actor, List<Note> notes, List<ConversationEvent> events, CancellationToken cancellationToken)
    {
        if (notes.Count == 0 && events.Count == 0)
        {
            return [];
        }

        var mentions = await MentionsAsync(db, notes, cancellationToken);
        var people = await SharedRows.ColleaguesAsync(
            db,
            notes.Select(n => (UserId?)n.AuthorId).Concat(mentions.SelectMany(m => m).Select(u => (UserId?)u))
                .Concat(events.Select(e => e.ActorId)).Concat(events.Where(IsToMember).Select(e => e.SubjectId is { } id ? new UserId(id) : (UserId?)null)),
            cancellationToken);
        var sees = actor.May(Permission.SeePhoneNumbers);
        return
        [
            .. notes.Select(n => Show(n, actor, mentions[n.Id].ToHashSet(), people, sees)),
            .. events.Select(e => Show(e, actor, people, sees)),
        ];
    }

    private static async Task<ILookup<long, UserId>> MentionsAsync(WefluxDbContext db, List<Note> notes, CancellationToken cancellationToken)
    {
        var ids = notes.Where(n => n.DeletedAt is null).Select(n => n.Id).ToList();
        var found = ids.Count == 0 ? [] : await db.Set<NoteMention>().Where(m => ids.Contains(m.NoteId))
            .Select(m => new { m.NoteId, m.UserId }).ToListAsync(cancellationToken);
        return found.ToLookup(m => m.NoteId, m => m.UserId);
    }

    private static bool IsToMember(ConversationEvent told) => told.Reason is not null;

    private static NoteView Show(Note note, Actor actor, HashSet<UserId> mentioned, IReadOnlyDictionary<long, Colleague> people, bool sees) => new(
        note.WrittenAt,
        note.Id,
        people.GetValueOrDefault(note.AuthorId.Value),
        note.AuthorId,
        [.. NoteText.Pieces(note.Text).Select(p => Show(p, actor, mentioned, people, sees))],
        note.EditedAt,
        note.DeletedAt is not null,
        note.AuthorId == actor.User,
        mentioned.Contains(actor.User));

    private static NotePieceView Show(NotePiece piece, Actor actor, HashSet<UserId> mentioned, IReadOnlyDictionary<long, Colleague> people, bool sees) =>
        piece.Member is { } member && mentioned.Contains(member) && people.GetValueOrDefault(member.Value) is { } person
            ? new NotePieceView($"@{person.Name}", IsMention: true, IsMe: member == actor.User)
            : new NotePieceView(sees ? piece.Words : PhoneNumber.MaskIn(piece.Words), IsMention: false, IsMe: false);

    private static EventView Show(ConversationEvent told, Actor actor, IReadOnlyDictionary<long, Colleague> people, bool sees) => new(
        told.At,
        told.Id,
        told.Kind,
        told.Reason,
        told.ActorId is { } by ? people.GetValueOrDefault(by.Value)?.Name ?? "A former member" : null,
        told.ActorId == actor.User,
        IsToMember(told) && told.SubjectId is { } subject ? people.GetValueOrDefault(subject)?.Name ?? "a former member" : null,
        IsToMember(told) && told.SubjectId == actor.User.Value,
        told.Words is { } words && !sees ? PhoneNumber.MaskIn(words) : told.Words,
        told.Until);
}
