using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Data;

namespace Weflux.Web.Notices;

/// <summary>
/// Where whoever changes something says whom to tell of it: in the same transaction, under the lock of the workspace, and
/// before it is saved. After the commit the screens of these people hear of it by themselves.
/// </summary>
public static class NoticeBook
{
    /// <summary>Tells one person of one thing.</summary>
    public static Task AddAsync(WefluxDbContext db, NoticeNews news, CancellationToken cancellationToken) => AddAsync(db, [news], cancellationToken);

    /// <summary>Tells people of what happened, each as they chose; who chose nothing for a kind is not told.</summary>
    /// <param name="db">The transaction. The caller saves.</param>
    /// <param name="news">What, and whom. Of the same kind and conversation the last one counts.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task AddAsync(WefluxDbContext db, IReadOnlyCollection<NoticeNews> news, CancellationToken cancellationToken)
    {
        var wanted = await WantedAsync(db, [.. news.Where(n => n.By is not { } by || by != n.Person)], cancellationToken);
        if (wanted.Count == 0)
        {
            return;
        }

        var known = await KnownAsync(db, wanted, cancellationToken);
        var added = new List<Notice>();
        foreach (var one in wanted)
        {
            if (known.Find(n => n.UserId == one.Person && n.Kind == one.Kind && n.ConversationId == one.ConversationId) is not { } notice)
            {
                notice = new Notice { WorkspaceId = db.CurrentWorkspace, UserId = one.Person, Kind = one.Kind, ConversationId = one.ConversationId };
                known.Add(notice);
                added.Add(notice);
            }

            notice.Happen(one);
            if (notice.Id != 0)
            {
                // Somebody may have read it since it was found.
                db.Entry(notice).Property(n => n.ReadAt).IsModified = true;
            }

            db.AfterCommit.Add(new NoticeHint(db.CurrentWorkspace, one.Person));
        }

        foreach (var person in added.GroupBy(n => n.UserId))
        {
            // What this transaction has changed must still be there when it is saved.
            await ForgetOldAsync(db, person.Key, person.Count(), [.. db.ChangeTracker.Entries<Notice>().Where(e => e.State == EntityState.Modified).Select(e => e.Entity.Id)], cancellationToken);
        }

        db.AddRange(added);
    }

    /// <summary>What somebody was told of is settled: an offer was answered, help is no longer needed. What can be seen from the conversation itself need not be settled.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="kind">What they were told of.</param>
    /// <param name="conversationId">Where.</param>
    /// <param name="person">Who; null for everybody who was told.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task SettleAsync(
        WefluxDbContext db, NoticeKind kind, long conversationId, UserId? person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = db.Set<Notice>().Where(n => n.ConversationId == conversationId && n.Kind == kind && n.HandledAt == null);
        if (person is { } only)
        {
            open = open.Where(n => n.UserId == only);
        }

        foreach (var notice in await open.ToListAsync(cancellationToken))
        {
            notice.HandledAt = now;
            db.AfterCommit.Add(new NoticeHint(db.CurrentWorkspace, notice.UserId));
        }
    }

    /// <summary>Somebody is no member any more: nothing is kept of what they were told of.</summary>
    public static async Task ForgetAsync(WefluxDbContext db, UserId person, CancellationToken cancellationToken)
    {
        await db.Set<Notice>().Where(n => n.UserId == person).ExecuteDeleteAsync(cancellationToken);
        await db.Set<NoticeReader>().Where(r => r.UserId == person).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task<List<NoticeNews>> WantedAsync(WefluxDbContext db, List<NoticeNews> news, CancellationToken cancellationToken)
    {
        var ids = news.Where(n => n.Person != Notice.Everybody).Select(n => n.Person.Value).Distinct().ToList();
        var preferences = ids.Count == 0
            ? []
            : await db.Set<WefluxUser>().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Preferences }).ToDictionaryAsync(u => u.Id, u => u.Preferences, cancellationToken);
        return news.FindAll(n => n.Person == Notice.Everybody
            || (preferences.TryGetValue(n.Person.Value, out var chosen) && chosen.WaysOf(n.Kind) != NoticeWays.None));
    }

    private static async Task<List<Notice>> KnownAsync(WefluxDbContext db, List<NoticeNews> news, CancellationToken cancellationToken)
    {
        var conversations = news.Select(n => n.ConversationId).Distinct().ToList();
        var people = news.Select(n => n.Person).Distinct().ToList();
        var stored = await db.Set<Notice>().Where(n => conversations.Contains(n.ConversationId) && people.Contains(n.UserId)).ToListAsync(cancellationToken);

        // What this transaction has added is not stored yet.
        return [.. stored, .. db.ChangeTracker.Entries<Notice>().Where(e => e.State == EntityState.Added).Select(e => e.Entity)];
    }

    private static Task<int> ForgetOldAsync(WefluxDbContext db, UserId person, int count, List<long> used, CancellationToken cancellationToken)
    {
        var kept = person == Notice.Everybody ? Notice.KeptForAll : Notice.Kept;
        var old = db.Set<Notice>().Where(n => n.UserId == person).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Skip(Math.Max(0, kept - count)).Select(n => n.Id);
        return db.Set<Notice>().Where(n => n.UserId == person && old.Contains(n.Id) && !used.Contains(n.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
