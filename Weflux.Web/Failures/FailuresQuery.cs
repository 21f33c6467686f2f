using Microsoft.EntityFrameworkCore;
using Weflux.Domain;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Connections;
using Weflux.Web.Data;
using Weflux.Web.Inbox;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Web.Failures;

/// <summary>
/// The messages that went wrong: each person's own, or everybody's for who looks after all. The causes are found by
/// going from one to the next in the index, so that a million messages of one cause cost what one costs.
/// </summary>
public sealed class FailuresQuery(WefluxDatabase database)
{
    /// <summary>How many messages of a cause are shown at first, and with each click.</summary>
    public const int PageSize = 10;

    /// <summary>Messages of a cause are counted up to here.</summary>
    public const int MostCounted = 999;

    /// <summary>So many causes are shown; there are hardly more.</summary>
    public const int MostGroups = 50;

    private const int LineLength = 160;

    /// <summary>Whether the person has a lane at all.</summary>
    public static bool MaySee(Actor actor) => actor.May(Permission.WorkConversations);

    /// <param name="actor">The reader.</param>
    /// <param name="isEverybodys">Whether the reader wants everybody's; who may not gets the own.</param>
    /// <param name="shown">How many messages of a cause the screen shows already; others get <see cref="PageSize"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null if the reader has no lane.</returns>
    public async Task<FailuresView?> GetAsync(
        Actor actor, bool isEverybodys, IReadOnlyDictionary<FailureKey, int>? shown = null, CancellationToken cancellationToken = default)
    {
        if (!MaySee(actor))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var counter = await db.ReadCounterAsync(cancellationToken);
        var maySwitch = TroubleRows.MaySeeEverybodys(actor);
        isEverybodys = isEverybodys && maySwitch;
        var lane = TroubleRows.Of(db, actor, isEverybodys);
        var numbers = await db.Set<Connection>().Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        var keys = await KeysAsync(lane, cancellationToken);
        List<FailureGroup> groups = [];
        foreach (var key in keys.Take(MostGroups))
        {
            var take = Math.Max(PageSize, shown?.GetValueOrDefault(key) ?? 0);
            var items = await PageAsync(db, actor, lane, key, long.MaxValue, take, cancellationToken);
            if (items.Count > 0)
            {
                var count = await Within(lane, key).Take(MostCounted + 1).CountAsync(cancellationToken);
                groups.Add(new FailureGroup(key, numbers.GetValueOrDefault(key.ConnectionId, ""), count, PlatformErrors.Of(key.Code), items));
            }
        }

        return new FailuresView([.. groups.OrderByDescending(g => g.NewestId)], isEverybodys, maySwitch, counter) { HasMore = keys.Count > MostGroups };
    }

    /// <summary>The messages of a cause before one that is shown, newest first.</summary>
    public async Task<IReadOnlyList<FailureItem>> MoreAsync(
        Actor actor, bool isEverybodys, FailureKey key, long beforeId, CancellationToken cancellationToken = default)
    {
        if (!MaySee(actor))
        {
            return [];
        }

        await using var db = database.Open(actor.Workspace);
        return await PageAsync(db, actor, TroubleRows.Of(db, actor, isEverybodys), key, beforeId, PageSize, cancellationToken);
    }

    /// <summary>Each cause once: from one to the next number of the same code, else to the next code.</summary>
    private static async Task<List<FailureKey>> KeysAsync(IQueryable<SendTrouble> lane, CancellationToken cancellationToken)
    {
        List<FailureKey> keys = [];
        var next = await FirstAsync(lane.OrderBy(t => t.Code).ThenBy(t => t.ConnectionId), cancellationToken);
        while (next is { } key && keys.Count <= MostGroups)
        {
            keys.Add(key);
            var (code, connectionId) = key;
            next = await FirstAsync(
                    lane.Where(t => t.Code == code && t.ConnectionId > connectionId).OrderBy(t => t.ConnectionId), cancellationToken)
                ?? await FirstAsync(lane.Where(t => t.Code > code).OrderBy(t => t.Code).ThenBy(t => t.ConnectionId), cancellationToken);
        }

        return keys;
    }

    private static async Task<FailureKey?> FirstAsync(IQueryable<SendTrouble> sorted, CancellationToken cancellationToken) =>
        await sorted.Select(t => new { t.Code, t.ConnectionId }).FirstOrDefaultAsync(cancellationToken) is { } found
            ? new FailureKey(found.Code, found.ConnectionId)
            : null;

    private static IQueryable<SendTrouble> Within(IQueryable<SendTrouble> lane, FailureKey key)
    {
        var (code, connectionId) = key;
        return lane.Where(t => t.Code == code && t.ConnectionId == connectionId);
    }

    private static async Task<IReadOnlyList<FailureItem>> PageAsync(
        WefluxDbContext db, Actor actor, IQueryable<SendTrouble> lane, FailureKey key, long beforeId, int take, CancellationToken cancellationToken)
    {
        // The rows of the lane lead, and each message follows by its key.
        var found = await (
            from t in Within(lane, key)
            join m in db.Set<Message>() on t.MessageId equals m.Id
            join c in db.Set<Conversation>() on m.ConversationId equals c.Id
            join contact in db.Set<Contact>() on c.ContactId equals contact.Id
            where t.MessageId < beforeId
            orderby t.MessageId descending
            select new { Message = m, Contact = contact }).Take(take).AsNoTracking().ToListAsync(cancellationToken);
        var colleagues = await SharedRows.ColleaguesAsync(db, found.Select(f => f.Message.AuthorId), cancellationToken);
        var admins = await WayOn.AdminsAsync(db, actor, [key.Code], cancellationToken);
        var seesNumbers = actor.May(Permission.SeePhoneNumbers);
        return [.. found.Select(f => WayOn.Of(actor, f.Message, isOpen: true, admins) is not { } way ? null : new FailureItem(
            way,
            ContactNames.Show(f.Contact.DisplayName, f.Contact.Phone, seesNumbers),
            LineWords.Say(ContactNames.Show(f.Message.Content, seesNumbers), MessageDirection.Out).ReplaceLineEndings(" ").Cut(LineLength),
            f.Message.SaidAt,
            AuthorOf(f.Message, colleagues),
            f.Message.Fault)).OfType<FailureItem>()];
    }

    private static string AuthorOf(Message message, IReadOnlyDictionary<long, Colleague> colleagues) => message switch
    {
        { AuthorId: { } author } => colleagues.GetValueOrDefault(author.Value)?.Name ?? "Somebody who left",
        { Origin: MessageOrigin.Api } => "A program",
        _ => "Weflux",
    };
}
