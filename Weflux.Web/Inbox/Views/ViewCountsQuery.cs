using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Web.Inbox.Views;

/// <summary>How many conversations each view holds for one reader, in one question, counted in the indexes up to a bound.</summary>
public sealed class ViewCountsQuery(WefluxDatabase database, TimeProvider time)
{
    private static readonly (Type, string[])[] Parameters =
    [
        (typeof(UserId), ["me", "person", "member"]), (typeof(DateTimeOffset), ["shut"]), (typeof(DateTimeOffset), ["closing"]), (typeof(bool), [LiftedQuery.Yes]), (typeof(bool), [LiftedQuery.No]),
    ];

    // All in one question is a large one: looking at its shape each time cost as much as counting. It differs only by what a reader may see.
    private readonly ConcurrentDictionary<(bool SeesAll, bool SeesFree), Func<WefluxDbContext, UserId, DateTimeOffset, DateTimeOffset, bool, bool, IAsyncEnumerable<ViewCounts>>> _compiled = new();

    /// <summary>It is not counted further: there are more than that.</summary>
    public const int Most = 1000;

    /// <returns>Null if the reader works no conversations.</returns>
    public async Task<ViewCounts?> GetAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        if (!actor.May(Permission.WorkConversations))
        {
            return null;
        }

        await using var db = database.Open(actor.Workspace);
        var now = time.GetUtcNow();
        var scope = ViewScope.Of(actor, ViewKind.All, now);
        if (actor.Teams.Ids.Count > 0)
        {
            // Each team is a range of its own.
            return await Counts(db, actor, now).SingleOrDefaultAsync(cancellationToken);
        }

        var count = _compiled.GetOrAdd((actor.May(Permission.SeeAllConversations), actor.SeesUnassigned), _ => Compile(db, actor, now));
        await foreach (var counts in count(db, actor.User, scope.Shut, scope.Closing, true, false).WithCancellation(cancellationToken))
        {
            return counts;
        }

        return null;
    }

    private static Func<WefluxDbContext, UserId, DateTimeOffset, DateTimeOffset, bool, bool, IAsyncEnumerable<ViewCounts>> Compile(WefluxDbContext db, Actor actor, DateTimeOffset now) =>
        EF.CompileAsyncQuery(LiftedQuery.Of<Func<WefluxDbContext, UserId, DateTimeOffset, DateTimeOffset, bool, bool, IQueryable<ViewCounts>>>(Counts(db, actor, now), Parameters));

    private static IQueryable<ViewCounts> Counts(WefluxDbContext db, Actor actor, DateTimeOffset now)
    {
        var (all, mine, free, joined) = (Of(ViewKind.All), Of(ViewKind.Mine), Of(ViewKind.Unassigned), Of(ViewKind.TakingPart));
        var (waiting, snoozed, closing) = (Of(ViewKind.NeedsReply), Of(ViewKind.Snoozed), Of(ViewKind.ClosingSoon));
        var (mentions, failed) = (Mentions(db, actor, now), Failed(db, actor, now));
        var (me, isWaiting) = (actor.User, true);
        var myWaiting = db.Set<Conversation>()
            .Where(c => c.AssigneeId == me && c.State == ConversationState.Open && c.NeedsReply == isWaiting).Select(c => c.Id);
        return db.Set<WorkspaceCounter>().Select(w => new ViewCounts
        {
            Counter = w.Sequence,
            All = all.Take(Most).Count(),
            Mine = mine.Take(Most).Count(),
            Unassigned = free.Take(Most).Count(),
            TakingPart = joined.Take(Most).Count(),
            NeedsReply = waiting.Take(Most).Count(),
            Snoozed = snoozed.Take(Most).Count(),
            ClosingSoon = closing.Take(Most).Count(),
            Mentions = mentions.Take(Most).Count(),
            Failed = failed.Take(Most).Count(),
            MyWaiting = myWaiting.Take(Most).Count(),
        });

        IQueryable<long> Of(ViewKind kind)
        {
            var scope = ViewScope.Of(actor, kind, now);
            return new ViewRows(db, scope).Ranges(scope.View.MustWait ? true : null).Select(r => r.Rows().Select(c => c.Id))
                .Aggregate((IQueryable<long>?)null, (sum, range) => sum is null ? range : sum.Concat(range))
                ?? db.Set<Conversation>().Where(_ => false).Select(c => c.Id);
        }
    }

    /// <summary>Mentions that were not seen yet; those that were need nobody.</summary>
    private static IQueryable<long> Mentions(WefluxDbContext db, Actor actor, DateTimeOffset now)
    {
        var scope = ViewScope.Of(actor, ViewKind.Mentions, now);
        return MentionedRows.Unseen(db, scope, new ViewRows(db, scope)).Distinct();
    }

    private static IQueryable<long> Failed(WefluxDbContext db, Actor actor, DateTimeOffset now)
    {
        var troubled = db.Set<SendTrouble>().Select(t => t.ConversationId).Distinct();
        if (actor.May(Permission.SeeAllConversations))
        {
            return troubled;
        }

        var scope = ViewScope.Of(actor, ViewKind.Failed, now);
        var held = new ViewRows(db, scope).Held(db.Set<Conversation>());
        return
            from id in troubled.Take(ViewReading.MostLooked)
            from c in held
            where c.Id == id
            select c.Id;
    }
}

/// <summary>How many conversations each view holds; <see cref="ViewCountsQuery.Most"/> stands for that many or more.</summary>
public sealed record ViewCounts
{
    /// <summary>The workspace's change counter at the read.</summary>
    public long Counter { get; init; }

    public int All { get; init; }

    public int Mine { get; init; }

    public int Unassigned { get; init; }

    public int TakingPart { get; init; }

    public int NeedsReply { get; init; }

    /// <summary>Those with a mention that was not seen.</summary>
    public int Mentions { get; init; }

    public int Snoozed { get; init; }

    public int ClosingSoon { get; init; }

    public int Failed { get; init; }

    /// <summary>Those that the reader holds and that wait for an answer.</summary>
    public int MyWaiting { get; init; }

    /// <summary>The count of a view; null for one that is not counted.</summary>
    public int? Of(ViewKind kind) => kind switch
    {
        ViewKind.All => All,
        ViewKind.Mine => Mine,
        ViewKind.Unassigned => Unassigned,
        ViewKind.TakingPart => TakingPart,
        ViewKind.NeedsReply => NeedsReply,
        ViewKind.Mentions => Mentions,
        ViewKind.Snoozed => Snoozed,
        ViewKind.ClosingSoon => ClosingSoon,
        ViewKind.Failed => Failed,
        _ => null,
    };
}
