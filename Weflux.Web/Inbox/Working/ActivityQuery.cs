using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Media;
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
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
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
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
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
        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
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

        await using var db = await database.OpenForSeveralAsync(actor.Workspace, cancellationToken);
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

    /// <summary>The teams at work, by name: to which one can assign.</summary>
    public async Task<IReadOnlyList<TeamView>> TeamsAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        var teams = await db.Set<WorkTeam>().Where(t => t.ArchivedAt == null).Select(t => new TeamView(t.Id, t.Name)).ToListAsync(cancellationToken);
        return [.. teams.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    private static async Task<bool> MaySeeAsync(WefluxDbContext db, Actor actor, long conversationId, CancellationToken cancellationToken)
    {
        var found = await db.Set<Conversation>().Where(c => c.Id == conversationId).Select(c => new { Holding = new Holding(c.AssigneeId, c.TeamId, c.AskedMemberId, c.AskedTeamId, c.Participants) }).SingleOrDefaultAsync(cancellationToken);
        return found is not null && actor.May(Permission.WorkConversations) && actor.MaySee(found.Holding);
    }

    private static async Task<IReadOnlyList<ActivityItem>> ShowAsync(
        WefluxDbContext db, Actor actor, List<Note> notes, List<ConversationEvent> events, CancellationToken cancellationToken)
    {
        if (notes.Count == 0 && events.Count == 0)
        {
            return [];
        }

        var mentions = await MentionsAsync(db, notes, cancellationToken);
        var files = await NoteFiles.OfNotesAsync(db, [.. notes.Where(n => n.DeletedAt is null).Select(n => n.Id)], cancellationToken);
        var people = await SharedRows.ColleaguesAsync(
            db,
            notes.Select(n => (UserId?)n.AuthorId).Concat(mentions.SelectMany(m => m).Select(u => (UserId?)u))
                .Concat(events.Select(e => e.ActorId)).Concat(events.Select(e => e.SubjectMember)),
            cancellationToken);
        var teams = await TeamNamesAsync(db, events, cancellationToken);
        var sees = actor.May(Permission.SeePhoneNumbers);
        return
        [
            .. notes.Select(n => Show(n, actor, mentions[n.Id].ToHashSet(), people, sees) with { Files = [.. files[n.Id]] }),
            .. events.Select(e => Show(e, actor, people, teams, sees)),
        ];
    }

    private static async Task<ILookup<long, UserId>> MentionsAsync(WefluxDbContext db, List<Note> notes, CancellationToken cancellationToken)
    {
        var ids = notes.Where(n => n.DeletedAt is null).Select(n => n.Id).ToList();
        var found = ids.Count == 0 ? [] : await db.Set<NoteMention>().Where(m => ids.Contains(m.NoteId))
            .Select(m => new { m.NoteId, m.UserId }).ToListAsync(cancellationToken);
        return found.ToLookup(m => m.NoteId, m => m.UserId);
    }

    /// <summary>What the teams are called now that events tell of.</summary>
    private static async Task<Dictionary<long, string>> TeamNamesAsync(WefluxDbContext db, List<ConversationEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(e => e.SubjectTeam).OfType<long>().Distinct().ToList();
        return ids.Count == 0 ? [] : await db.Set<WorkTeam>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, cancellationToken);
    }

    private static NoteView Show(Note note, Actor actor, HashSet<UserId> mentioned, IReadOnlyDictionary<long, Colleague> people, bool sees) => new(
        note.WrittenAt,
        note.Id,
        people.GetValueOrDefault(note.AuthorId.Value),
        note.AuthorId,
        [.. NoteText.Pieces(note.Text).Select(p => Show(p, actor, mentioned, people, sees))],
        note.EditedAt,
        note.DeletedAt is not null,
        note.AuthorId == actor.User,
        mentioned.Contains(actor.User))
    {
        Program = note.Program,
    };

    private static NotePieceView Show(NotePiece piece, Actor actor, HashSet<UserId> mentioned, IReadOnlyDictionary<long, Colleague> people, bool sees) =>
        piece.Member is { } member && mentioned.Contains(member) && people.GetValueOrDefault(member.Value) is { } person
            ? new NotePieceView($"@{person.Name}", IsMention: true, IsMe: member == actor.User)
            : new NotePieceView(sees ? piece.Words : PhoneNumber.MaskIn(piece.Words), IsMention: false, IsMe: false);

    private static EventView Show(
        ConversationEvent told, Actor actor, IReadOnlyDictionary<long, Colleague> people, Dictionary<long, string> teams, bool sees)
    {
        string? NameOf(UserId? user) => user is { } id ? people.GetValueOrDefault(id.Value)?.Name : null;

        var by = told.Program is { } program ? ActivityWords.Api(program) : told.ActorId is null ? null : NameOf(told.ActorId) ?? "A former member";
        var subject = told.SubjectMember is not null ? NameOf(told.SubjectMember) ?? "a former member"
            : told.SubjectTeam is { } team ? teams.GetValueOrDefault(team) ?? "that is gone"
            : null;
        var words = told.Words is { } text && !sees ? PhoneNumber.MaskIn(text) : told.Words;
        return new EventView(
            told.At, told.Id, told.Kind, told.Reason, by, told.ActorId == actor.User, subject, told.SubjectMember == actor.User, words, told.Until)
        {
            IsByThemselves = told.ActorId is not null && told.SubjectMember == told.ActorId,
        };
    }
}
