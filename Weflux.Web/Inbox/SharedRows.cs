using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;
using Weflux.Web.Inbox.Working;
using Weflux.Web.Work.Labels;

namespace Weflux.Web.Inbox;

/// <summary>
/// Reads rows named by hints once per node and version, however many circuits ask: those that ask for the same row
/// wait for the same read.
/// </summary>
public sealed class SharedRows(WefluxDatabase database)
{
    private const int Capacity = 20_000;
    private const int DraftLength = 200;

    private static readonly ILookup<long, long> NoLabels = Enumerable.Empty<long>().ToLookup(id => id);

    // A hint mostly names one conversation, and it is read for every message: translating would cost more than reading.
    private readonly Func<WefluxDbContext, long, IAsyncEnumerable<ConversationWithContact>> _one = EF.CompileAsyncQuery(
        (WefluxDbContext db, long id) =>
            from conversation in db.Set<Conversation>().AsNoTracking()
            join contact in db.Set<Contact>().AsNoTracking() on conversation.ContactId equals contact.Id
            where conversation.Id == id
            select new ConversationWithContact { Conversation = conversation, Contact = contact });

    private readonly Func<WefluxDbContext, long, IAsyncEnumerable<ReaderCursor>> _cursorsOfOne = EF.CompileAsyncQuery(
        (WefluxDbContext db, long id) => db.Set<ReadCursor>().Where(r => r.ConversationId == id)
            .Select(r => new ReaderCursor(r.ConversationId, r.UserId, r.InboundCount)));

    private readonly Func<WefluxDbContext, long, IAsyncEnumerable<ReaderDraft>> _draftsOfOne = EF.CompileAsyncQuery(
        (WefluxDbContext db, long id) => db.Set<Draft>().Where(d => d.ConversationId == id && d.Text != "")
            .Select(d => new ReaderDraft(d.ConversationId, d.UserId, d.Text)));

    private readonly Func<WefluxDbContext, long, IAsyncEnumerable<long>> _labelsOfOne = EF.CompileAsyncQuery(
        (WefluxDbContext db, long id) => db.Set<ConversationLabel>().Where(l => l.ConversationId == id).Select(l => l.LabelId));

    private readonly Lock _lock = new();
    private readonly Dictionary<(WorkspaceId Workspace, long Id), Entry> _entries = [];

    /// <summary>The rows, at least as new as the versions asked for; those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<SharedRow>> GetAsync(WorkspaceId workspace, IReadOnlyCollection<RowVersion> wanted)
    {
        var reads = new List<(long Id, Entry Entry)>(wanted.Count);
        lock (_lock)
        {
            if (_entries.Count > Capacity)
            {
                _entries.Clear();
            }

            var missing = new List<RowVersion>();
            foreach (var row in wanted)
            {
                if (!row.IsOwn && _entries.TryGetValue((workspace, row.Id), out var entry) && entry.Version >= row.Version && !entry.Read.IsFaulted)
                {
                    reads.Add((row.Id, entry));
                }
                else
                {
                    missing.Add(row);
                }
            }

            if (missing.Count > 0)
            {
                var ids = missing.ConvertAll(r => r.Id);
                var read = Task.Run(() => ReadAsync(workspace, ids));
                foreach (var row in missing)
                {
                    var entry = _entries[(workspace, row.Id)] = new Entry(row.Version, read);
                    reads.Add((row.Id, entry));
                }
            }
        }

        var rows = new List<SharedRow>(reads.Count);
        foreach (var (id, entry) in reads)
        {
            if ((await entry.Read).TryGetValue(id, out var row))
            {
                entry.Row = row;
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>
    /// Something of a reader's own changed and is committed: whoever asks from now on reads again. A read under way
    /// still answers those who wait for it, and nobody else.
    /// </summary>
    public void Forget(WorkspaceId workspace, long conversationId)
    {
        lock (_lock)
        {
            _entries.Remove((workspace, conversationId));
        }
    }

    /// <summary>
    /// A conversation was changed and committed by somebody who has it in hand: what was read of it is carried on, if it
    /// was as new as what was changed. What is a reader's own does not change with it.
    /// </summary>
    /// <param name="conversation">As it is now.</param>
    /// <param name="contact">As it is now.</param>
    /// <param name="versionBefore">The version that was changed.</param>
    public void Advance(Conversation conversation, Contact contact, long versionBefore)
    {
        var key = (conversation.WorkspaceId, conversation.Id);
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var entry) && entry.Row is { } row
                && row.Version == versionBefore && row.AssigneeId == conversation.AssigneeId)
            {
                var now = SharedRow.Of(conversation, contact, row.Assignee, row.Readers, row.LabelIds);
                var known = new Dictionary<long, SharedRow> { [now.Id] = now };
                _entries[key] = new Entry(now.Version, Task.FromResult<IReadOnlyDictionary<long, SharedRow>>(known)) { Row = now };
            }
        }
    }

    internal static IQueryable<ConversationWithContact> Select(WefluxDbContext db, IQueryable<Conversation> conversations) =>
        from conversation in conversations
        join contact in db.Set<Contact>() on conversation.ContactId equals contact.Id
        select new ConversationWithContact { Conversation = conversation, Contact = contact };

    /// <summary>The same with what is one reader's own of each, so that nothing need be asked besides.</summary>
    internal static IQueryable<ConversationWithContact> Select(WefluxDbContext db, IQueryable<Conversation> conversations, UserId reader) =>
        from conversation in conversations
        join contact in db.Set<Contact>() on conversation.ContactId equals contact.Id
        select new ConversationWithContact
        {
            Conversation = conversation,
            Contact = contact,
            IsWhole = true,

            // Each has one at most.
            ReadCount = db.Set<ReadCursor>().Where(r => r.UserId == reader && r.ConversationId == conversation.Id).Max(r => (int?)r.InboundCount),
            Draft = db.Set<Draft>().Where(d => d.ConversationId == conversation.Id && d.UserId == reader && d.Text != "").Max(d => d.Text),
            IsLabelled = db.Set<ConversationLabel>().Any(l => l.ConversationId == conversation.Id),
        };

    /// <param name="db">Where they were found.</param>
    /// <param name="found">What was found.</param>
    /// <param name="reader">Whose own facts are wanted; null for everybody's.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal static async Task<IReadOnlyList<SharedRow>> ShapeAsync(
        WefluxDbContext db,
        IReadOnlyList<ConversationWithContact> found,
        UserId? reader,
        CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            return [];
        }

        if (reader is { } whole && found.All(f => f.IsWhole))
        {
            List<long> labelled = [.. found.Where(f => f.IsLabelled).Select(f => f.Conversation.Id)];
            var worn = labelled.Count == 0 ? NoLabels : await WornLabels.OfAsync(db, labelled, cancellationToken);
            return await ShapeAsync(db, found, found.ToDictionary(f => f.Conversation.Id, f => f.Of(whole)), worn, cancellationToken);
        }

        List<long> ids = [.. found.Select(f => f.Conversation.Id)];
        var cursors = db.Set<ReadCursor>().Where(r => EF.Parameter(ids).Contains(r.ConversationId));
        var drafts = db.Set<Draft>().Where(d => EF.Parameter(ids).Contains(d.ConversationId) && d.Text != "");
        if (reader is { } only)
        {
            cursors = cursors.Where(r => r.UserId == only);
            drafts = drafts.Where(d => d.UserId == only);
        }

        var readers = Readers(
            await cursors.Select(r => new ReaderCursor(r.ConversationId, r.UserId, r.InboundCount)).ToListAsync(cancellationToken),
            await drafts.Select(d => new ReaderDraft(d.ConversationId, d.UserId, d.Text)).ToListAsync(cancellationToken));
        return await ShapeAsync(db, found, readers, await WornLabels.OfAsync(db, ids, cancellationToken), cancellationToken);
    }

    private static async Task<IReadOnlyList<SharedRow>> ShapeAsync(
        WefluxDbContext db,
        IReadOnlyList<ConversationWithContact> found,
        Dictionary<long, IReadOnlyDictionary<UserId, ReaderFacts>> readers,
        ILookup<long, long> labels,
        CancellationToken cancellationToken)
    {
        var colleagues = await ColleaguesAsync(db, found.Select(f => f.Conversation.AssigneeId), cancellationToken);
        return [.. found.Select(f => SharedRow.Of(
            f.Conversation,
            f.Contact,
            f.Conversation.AssigneeId is { } assignee ? colleagues.GetValueOrDefault(assignee.Value) : null,
            readers.GetValueOrDefault(f.Conversation.Id) ?? FrozenDictionary<UserId, ReaderFacts>.Empty,
            labels.Contains(f.Conversation.Id) ? [.. labels[f.Conversation.Id]] : []))];
    }

    internal static async Task<IReadOnlyDictionary<long, Colleague>> ColleaguesAsync(
        WefluxDbContext db,
        IEnumerable<UserId?> users,
        CancellationToken cancellationToken)
    {
        var ids = users.OfType<UserId>().Select(u => u.Value).Distinct().ToList();
        return ids.Count == 0
            ? new Dictionary<long, Colleague>()
            : await db.Set<WefluxUser>().Where(u => EF.Parameter(ids).Contains(u.Id)).Select(u => new { u.Id, u.Name, u.PictureKey })
                .ToDictionaryAsync(u => u.Id, u => new Colleague(u.Name, u.PictureKey), cancellationToken);
    }

    private static Dictionary<long, IReadOnlyDictionary<UserId, ReaderFacts>> Readers(List<ReaderCursor> cursors, List<ReaderDraft> drafts)
    {
        var facts = new Dictionary<(long Id, UserId Reader), ReaderFacts>();
        foreach (var (id, reader, count) in cursors)
        {
            facts[(id, reader)] = new ReaderFacts(count, null);
        }

        foreach (var (id, reader, text) in drafts)
        {
            facts[(id, reader)] = facts.GetValueOrDefault((id, reader), ReaderFacts.None) with { Draft = Brief(text) };
        }

        return facts.GroupBy(f => f.Key.Id).ToDictionary(
            g => g.Key, g => (IReadOnlyDictionary<UserId, ReaderFacts>)g.ToDictionary(f => f.Key.Reader, f => f.Value));
    }

    internal static string Brief(string draft) => draft.Cut(DraftLength);

    private async Task<IReadOnlyDictionary<long, SharedRow>> ReadAsync(WorkspaceId workspace, List<long> ids)
    {
        await using var db = database.Open(workspace);
        await db.Database.OpenConnectionAsync();
        if (ids is [var id])
        {
            var one = await ListAsync(_one(db, id));
            var readers = Readers(await ListAsync(_cursorsOfOne(db, id)), await ListAsync(_draftsOfOne(db, id)));
            var labels = (await ListAsync(_labelsOfOne(db, id))).ToLookup(_ => id);
            return (await ShapeAsync(db, one, readers, labels, CancellationToken.None)).ToDictionary(r => r.Id);
        }

        var found = await Select(db, db.Set<Conversation>().Where(c => ids.Contains(c.Id))).AsNoTracking().ToListAsync();
        return (await ShapeAsync(db, found, reader: null, CancellationToken.None)).ToDictionary(r => r.Id);
    }

    private static async Task<List<T>> ListAsync<T>(IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (var row in rows)
        {
            list.Add(row);
        }

        return list;
    }

    private sealed class Entry(long version, Task<IReadOnlyDictionary<long, SharedRow>> read)
    {
        public long Version => version;

        public Task<IReadOnlyDictionary<long, SharedRow>> Read => read;

        /// <summary>The row, once somebody has waited for it.</summary>
        public SharedRow? Row { get; set; }
    }
}

/// <summary>A row and the version it must have at least.</summary>
/// <param name="IsOwn">Whether something of the reader's own changed, so that only reading again tells.</param>
public readonly record struct RowVersion(long Id, long Version, bool IsOwn = false);

internal sealed record ReaderCursor(long ConversationId, UserId Reader, int InboundCount);

internal sealed record ReaderDraft(long ConversationId, UserId Reader, string Text);
