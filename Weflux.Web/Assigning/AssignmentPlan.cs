using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Presence;
using Weflux.Web.Team;

namespace Weflux.Web.Assigning;

/// <summary>
/// What the rules of a workspace would give to whom at this moment: conversations that are open, that wait for an answer
/// and that nobody holds. Whoever acts on it makes it under the lock of the workspace, so that it still holds.
/// </summary>
internal sealed class AssignmentPlan
{
    /// <summary>So many conversations are given at once, so that the lock is not held for long.</summary>
    public const int AtOnce = 50;

    /// <summary>So many are looked through for each rule.</summary>
    private const int MostLooked = 1_000;

    private AssignmentPlan(IReadOnlyList<Routing> routings, IReadOnlyList<Giving> givings) => (Routings, Givings) = (routings, givings);

    public static AssignmentPlan Nothing { get; } = new([], []);

    /// <summary>What goes to a team.</summary>
    public IReadOnlyList<Routing> Routings { get; }

    /// <summary>What goes to a person.</summary>
    public IReadOnlyList<Giving> Givings { get; }

    public bool IsEmpty => Routings.Count + Givings.Count == 0;

    public static async Task<AssignmentPlan> MakeAsync(WefluxDbContext db, PresenceQuery presence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rules = await db.Set<AssignmentRule>().AsNoTracking().Where(r => r.Mode != AssignmentMode.Off).ToListAsync(cancellationToken);
        if (rules.Count == 0)
        {
            return Nothing;
        }

        var isOpen = await Hours.AreOpenAsync(db, now, cancellationToken);
        rules.RemoveAll(r => r.OnlyInHours && !isOpen);
        var routings = await RouteAsync(db, rules, cancellationToken);

        // What goes to a team now is given to its people by the next plan.
        return routings.Count > 0 ? new AssignmentPlan(routings, []) : new AssignmentPlan([], await GiveAsync(db, presence, rules, cancellationToken));
    }

    private static async Task<List<Routing>> RouteAsync(WefluxDbContext db, List<AssignmentRule> rules, CancellationToken cancellationToken)
    {
        var routings = new List<Routing>();
        foreach (var rule in rules.Where(r => r.GoesToTeamId is not null))
        {
            var team = rule.GoesToTeamId!.Value;
            routings.AddRange((await WaitingAsync(db, rule, cancellationToken)).Select(w => new Routing(w.Id, team)));
        }

        return [.. routings.Take(AtOnce)];
    }

    private static async Task<List<Giving>> GiveAsync(WefluxDbContext db, PresenceQuery presence, List<AssignmentRule> rules, CancellationToken cancellationToken)
    {
        var people = await AssignmentPeople.ReadAsync(db, presence, cancellationToken);
        var waiting = new List<(Waiting Conversation, AssignmentRule Rule)>();
        foreach (var rule in rules.Where(r => r.Mode != AssignmentMode.ToTeam && people.Rota.HasRoom(people.PoolOf(r))))
        {
            waiting.AddRange((await GivableAsync(db, people, rule, cancellationToken)).Select(w => (w, rule)));
        }

        var gaveBack = await GaveBackAsync(db, waiting.Select(w => w.Conversation), cancellationToken);
        var givings = new List<Giving>();
        foreach (var (conversation, rule) in waiting.OrderBy(w => (w.Conversation.Since, w.Conversation.Id)).TakeWhile(_ => givings.Count < AtOnce))
        {
            var pool = gaveBack.TryGetValue(conversation.Id, out var who) ? people.PoolOf(rule).Where(u => u != who) : people.PoolOf(rule);
            if (people.Rota.Give(rule.Terms, pool, conversation.Previous) is { } choice)
            {
                givings.Add(new Giving(conversation.Id, choice));
            }
        }

        return givings;
    }

    /// <summary>The oldest that somebody may get. What only those gave back who have room now does not keep what waits behind it.</summary>
    private static async Task<List<Waiting>> GivableAsync(WefluxDbContext db, AssignmentPeople people, AssignmentRule rule, CancellationToken cancellationToken)
    {
        for (var skip = 0; skip < MostLooked; skip += AtOnce)
        {
            var page = await WaitingAsync(db, rule, cancellationToken, skip);
            var gaveBack = await GaveBackAsync(db, page, cancellationToken);
            var givable = page.FindAll(w => !gaveBack.TryGetValue(w.Id, out var who) || people.Rota.HasRoom(people.PoolOf(rule).Where(u => u != who)));
            if (givable.Count > 0 || page.Count < AtOnce)
            {
                return givable;
            }
        }

        return [];
    }

    private static Task<Dictionary<long, UserId>> GaveBackAsync(WefluxDbContext db, IEnumerable<Waiting> waiting, CancellationToken cancellationToken) =>
        Comings.GaveBackAsync(db, waiting.Where(w => w.Previous is null).Select(w => w.Id), cancellationToken);

    /// <summary>The oldest first.</summary>
    private static Task<List<Waiting>> WaitingAsync(WefluxDbContext db, AssignmentRule rule, CancellationToken cancellationToken, int skip = 0)
    {
        var waiting = db.Set<Conversation>().Where(c => c.AssigneeId == null && c.State == ConversationState.Open && c.WaitingSince != null);

        // What follows the time is the next column of the index that each is read from.
        IOrderedQueryable<Conversation> oldest;
        if (rule.ConnectionId is { } number)
        {
            waiting = rule.GoesToTeamId is null ? waiting : Unfiled(db, waiting);
            oldest = waiting.Where(c => c.TeamId == null && c.ConnectionId == number).OrderBy(c => c.WaitingSince).ThenBy(c => c.Id);
        }
        else
        {
            var team = rule.TeamId!.Value;
            oldest = waiting.Where(c => c.TeamId == team).OrderBy(c => c.WaitingSince).ThenBy(c => c.Id);
        }

        return oldest.Skip(skip).Take(AtOnce).Select(c => new Waiting(c.Id, c.WaitingSince!.Value, c.PreviousAssigneeId)).ToListAsync(cancellationToken);
    }

    /// <summary>Without what somebody took out of its team by hand: that stands until the matter is closed, or the rule would undo it at once.</summary>
    private static IQueryable<Conversation> Unfiled(WefluxDbContext db, IQueryable<Conversation> waiting)
    {
        var told = db.Set<ConversationEvent>();
        return waiting.Where(c => !told.Any(e => e.ConversationId == c.Id && e.Kind == ConversationEventKind.GivenToTeam && e.SubjectId == null
            && e.Reason == AssignmentReason.ByPerson
            && !told.Any(later => later.ConversationId == c.Id && later.Kind == ConversationEventKind.Closed && later.Sequence > e.Sequence)));
    }

    private sealed record Waiting(long Id, DateTimeOffset Since, UserId? Previous);
}

/// <summary>A conversation that goes to a team.</summary>
internal sealed record Routing(long ConversationId, long TeamId);

/// <summary>A conversation that goes to a person.</summary>
internal sealed record Giving(long ConversationId, AssignmentChoice Choice);

internal static class Hours
{
    /// <summary>Whether the business is open; it is if nobody has said when.</summary>
    public static async Task<bool> AreOpenAsync(WefluxDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = db.CurrentWorkspace;
        var workspace = await db.Set<Workspace>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
        return workspace?.OpenRanges is not { } ranges || BusinessHours.Read(ranges, out var hours) != HoursFault.None
            || hours!.IsOpenAt(now, WorkspaceTime.Find(workspace.TimeZone));
    }
}
