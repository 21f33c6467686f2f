using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Inbox;

/// <summary>
/// Reads rows named by hints once per node and version, however many circuits ask: those that ask for the same row
/// wait for the same read.
/// </summary>
public sealed class SharedRows(WefluxDatabase database)
{
    private const int Capacity = 20_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(WorkspaceId Workspace, long Id), Entry> _entries = [];

    /// <summary>The rows, at least as new as the versions asked for; those that do not exist are left out.</summary>
    public async Task<IReadOnlyList<SharedRow>> GetAsync(WorkspaceId workspace, IReadOnlyCollection<RowVersion> wanted)
    {
        var reads = new List<(long Id, Task<IReadOnlyDictionary<long, SharedRow>> Read)>(wanted.Count);
        lock (_lock)
        {
            if (_entries.Count > Capacity)
            {
                _entries.Clear();
            }

            var missing = new List<RowVersion>();
            foreach (var row in wanted)
            {
                if (_entries.TryGetValue((workspace, row.Id), out var entry) && entry.Version >= row.Version && !entry.Read.IsFaulted)
                {
                    reads.Add((row.Id, entry.Read));
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
                    _entries[(workspace, row.Id)] = new Entry(row.Version, read);
                    reads.Add((row.Id, read));
                }
            }
        }

        var rows = new List<SharedRow>(reads.Count);
        foreach (var (id, read) in reads)
        {
            if ((await read).TryGetValue(id, out var row))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    internal static IQueryable<ConversationWithContact> Select(WefluxDbContext db, IQueryable<Conversation> conversations) =>
        from conversation in conversations
        join contact in db.Set<Contact>() on conversation.ContactId equals contact.Id
        select new ConversationWithContact { Conversation = conversation, Contact = contact };

    internal static async Task<IReadOnlyList<SharedRow>> ShapeAsync(
        WefluxDbContext db,
        IReadOnlyList<ConversationWithContact> found,
        CancellationToken cancellationToken)
    {
        var names = await NamesAsync(db, found.Select(f => f.Conversation.AssigneeId), cancellationToken);
        return [.. found.Select(f => new SharedRow(
            f.Conversation.Id,
            f.Conversation.Version,
            f.Conversation.State,
            f.Contact.DisplayName,
            f.Contact.Phone,
            f.Conversation.LastLine,
            f.Conversation.LastKind,
            f.Conversation.LastWhatsAppId,
            f.Conversation.LastDirection,
            f.Conversation.LastStatus,
            f.Conversation.LastActivityAt,
            f.Conversation.NeedsReply,
            f.Conversation.InboundCount,
            f.Conversation.Window.ClosesAt,
            f.Conversation.AssigneeId,
            f.Conversation.AssigneeId is { } assignee ? names.GetValueOrDefault(assignee.Value) : null,
            f.Contact.Consent.IsAllStopped))];
    }

    internal static async Task<IReadOnlyDictionary<long, string>> NamesAsync(
        WefluxDbContext db,
        IEnumerable<UserId?> users,
        CancellationToken cancellationToken)
    {
        var ids = users.OfType<UserId>().Select(u => u.Value).Distinct().ToList();
        return ids.Count == 0
            ? new Dictionary<long, string>()
            : await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, cancellationToken);
    }

    private async Task<IReadOnlyDictionary<long, SharedRow>> ReadAsync(WorkspaceId workspace, List<long> ids)
    {
        await using var db = database.Open(workspace);
        var found = await Select(db, db.Set<Conversation>().Where(c => ids.Contains(c.Id))).AsNoTracking().ToListAsync();
        return (await ShapeAsync(db, found, CancellationToken.None)).ToDictionary(r => r.Id);
    }

    private sealed record Entry(long Version, Task<IReadOnlyDictionary<long, SharedRow>> Read);
}

/// <summary>A row and the version it must have at least.</summary>
public readonly record struct RowVersion(long Id, long Version);

internal sealed class ConversationWithContact
{
    public required Conversation Conversation { get; init; }

    public required Contact Contact { get; init; }
}
