using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Work.TakingPart;

namespace Weflux.Web.Inbox.Views;

/// <summary>
/// Conversations that belong to the same people: a range of an index. Those of one reader do not overlap, so that what is
/// counted in each can be added.
/// </summary>
internal sealed class HolderRange
{
    private readonly Whose _whose;
    private readonly UserId? _person;
    private readonly long? _team;

    // What people are asked to take over, or take part in, is little, so that it may be narrowed further.
    private readonly UserId? _holder;

    // What other ranges hold already does not belong to where a person takes part.
    private readonly IReadOnlyList<HolderRange> _others;

    private HolderRange(Whose whose, UserId? person = null, long? team = null, UserId? holder = null, IReadOnlyList<HolderRange>? others = null) =>
        (_whose, _person, _team, _holder, _others) = (whose, person, team, holder, others ?? []);

    private enum Whose
    {
        Anybody,

        /// <summary>Held by a person.</summary>
        Held,

        /// <summary>Held by nobody, of any team or none.</summary>
        Free,

        /// <summary>Held by nobody, of one team, or of none.</summary>
        FreeOfTeam,

        /// <summary>A person is asked to take it over.</summary>
        Asked,

        /// <summary>A team is asked to take it over, by somebody else than a person.</summary>
        AskedOfTeam,

        /// <summary>A person takes part in it, whoever holds it.</summary>
        Joined,

        /// <summary>A person takes part in it, and nobody holds it.</summary>
        JoinedFree,
    }

    /// <summary>Whether somebody is asked to take these over: such conversations are open.</summary>
    public bool IsAsked => _whose is Whose.Asked or Whose.AskedOfTeam;

    /// <summary>Whether its index is in order of activity only for those that wait, or for those that do not.</summary>
    public bool IsSplit => _whose is Whose.FreeOfTeam || IsAsked;

    /// <summary>Whether a person takes part in these: their own rows lead to them, and they are sorted.</summary>
    public bool IsJoined => _whose is Whose.Joined or Whose.JoinedFree;

    /// <summary>Whether it holds every conversation.</summary>
    public bool IsAnybody => _whose == Whose.Anybody && _holder is null;

    /// <summary>The person it is about; nobody in particular where it is about none.</summary>
    public UserId Person => _person.GetValueOrDefault();

    /// <summary>The team it is about; 0 where it is about none.</summary>
    public long Team => _team.GetValueOrDefault();

    /// <summary>Whose alone are wanted of what people are asked to take over, or take part in.</summary>
    public UserId Holder => _holder.GetValueOrDefault();

    /// <summary>Ranges of the same shape are asked for by the same query with another person, team and holder.</summary>
    public HolderShape Shape => new((int)_whose, _team is null, _holder is null);

    /// <summary>What a reader may see.</summary>
    public static IEnumerable<HolderRange> SeenBy(Actor actor)
    {
        if (actor.May(Permission.SeeAllConversations))
        {
            return [new HolderRange(Whose.Anybody)];
        }

        if (!actor.May(Permission.WorkConversations))
        {
            return [];
        }

        var free = actor.SeesUnassigned
            ? actor.Teams.Ids.Select(t => new HolderRange(Whose.FreeOfTeam, team: t)).Prepend(new HolderRange(Whose.FreeOfTeam))
            : [];
        HolderRange[] ranges = [new HolderRange(Whose.Held, actor.User), .. AskedOf(actor), .. free];
        return actor.Key is null ? [.. ranges, new HolderRange(Whose.Joined, actor.User, others: ranges)] : ranges;
    }

    /// <summary>Where a reader takes part, also what other ranges hold: for a list of that alone.</summary>
    public static IEnumerable<HolderRange> JoinedBy(Actor actor) =>
        actor.Key is null && actor.May(Permission.WorkConversations) ? [new HolderRange(Whose.Joined, actor.User)] : [];

    /// <summary>The part that the reader holds or is asked to take over.</summary>
    public IEnumerable<HolderRange> Mine(Actor actor) => _whose switch
    {
        Whose.Anybody => [new HolderRange(Whose.Held, actor.User), .. AskedOf(actor)],
        Whose.Held or Whose.Asked or Whose.AskedOfTeam => [this],
        _ => [],
    };

    /// <summary>The part that somebody holds, or nobody.</summary>
    public IEnumerable<HolderRange> HeldBy(UserId? holder) => _whose switch
    {
        Whose.Anybody => [holder is null ? new HolderRange(Whose.Free) : new HolderRange(Whose.Held, holder)],
        Whose.Held => holder == _person ? [this] : [],
        Whose.Joined when holder is null => [new HolderRange(Whose.JoinedFree, _person, others: _others)],
        Whose.Joined when _others.Any(o => o._whose == Whose.Held && o._person == holder) => [],
        Whose.Asked or Whose.AskedOfTeam or Whose.Joined => holder is null ? []
            : _holder is null || _holder == holder ? [new HolderRange(_whose, _person, _team, holder, _others)] : [],
        _ => holder is null ? [this] : [],
    };

    /// <summary>What may hold the part of a team, or of none; the filter says the rest.</summary>
    public IEnumerable<HolderRange> OfTeam(long? team) => _whose switch
    {
        Whose.Free => [new HolderRange(Whose.FreeOfTeam, team: team)],
        Whose.FreeOfTeam => team == _team ? [this] : [],
        _ => [this],
    };

    public bool Has(Holding held) => _whose switch
    {
        Whose.Anybody => true,
        Whose.Held => held.Assignee == _person,
        Whose.Free => held.Assignee is null,
        Whose.FreeOfTeam => held.Assignee is null && held.Team == _team,
        Whose.Asked => held.AskedMember == _person,
        Whose.Joined => held.IsJoinedBy(Person) && !_others.Any(o => o.Has(held)),
        Whose.JoinedFree => held.Assignee is null && held.IsJoinedBy(Person) && !_others.Any(o => o.Has(held)),
        _ => held.AskedTeam == _team && held.Assignee != _person,
    } && (_holder is null || held.Assignee == _holder);

    /// <summary>The conversations.</summary>
    public IQueryable<Conversation> In(WefluxDbContext db)
    {
        if (!IsJoined)
        {
            return db.Set<Conversation>().Where(Condition(db));
        }

        // The rows of the person lead: there are few of them.
        var joined = db.Joined(Person);
        foreach (var other in _others.Select(o => o.Condition(db)))
        {
            joined = joined.Where(Expression.Lambda<Func<Conversation, bool>>(Expression.Not(other.Body), other.Parameters[0]));
        }

        return joined.Where(OfHolder(_whose == Whose.JoinedFree ? c => c.AssigneeId == null : _ => true));
    }

    /// <summary>Those of any of these ranges, to be asked of conversations that are found by something else.</summary>
    public static Expression<Func<Conversation, bool>> Any(WefluxDbContext db, IReadOnlyList<HolderRange> ranges)
    {
        if (ranges.Count == 0)
        {
            return _ => false;
        }

        var conditions = ranges.Select(r => r.Condition(db)).ToList();
        var subject = conditions[0].Parameters[0];
        var any = conditions.Select(c => new Swap(c.Parameters[0], subject).Visit(c.Body)).Aggregate((a, b) => Expression.OrElse(a, b));
        return Expression.Lambda<Func<Conversation, bool>>(any, subject);
    }

    /// <summary>What makes a conversation one of these. Where a person takes part it does not matter whether another range has it too.</summary>
    private Expression<Func<Conversation, bool>> Condition(WefluxDbContext db)
    {
        var (person, team) = (_person.GetValueOrDefault(), _team.GetValueOrDefault());
        var joined = db.Set<Participation>().Where(p => p.UserId == person);
        return OfHolder(_whose switch
        {
            Whose.Anybody => _ => true,
            Whose.Held => c => c.AssigneeId == person,
            Whose.Free => c => c.AssigneeId == null,
            Whose.FreeOfTeam when _team is null => c => c.AssigneeId == null && c.TeamId == null,
            Whose.FreeOfTeam => c => c.AssigneeId == null && c.TeamId == team,
            Whose.Asked => c => c.AskedMemberId == person,
            Whose.Joined => c => joined.Any(p => p.ConversationId == c.Id),
            Whose.JoinedFree => c => c.AssigneeId == null && joined.Any(p => p.ConversationId == c.Id),
            _ => c => c.AskedTeamId == team && c.AssigneeId != person,
        });
    }

    private Expression<Func<Conversation, bool>> OfHolder(Expression<Func<Conversation, bool>> whole)
    {
        if (_holder is not { } holder)
        {
            return whole;
        }

        Expression<Func<Conversation, bool>> held = c => c.AssigneeId == holder;
        return Expression.Lambda<Func<Conversation, bool>>(
            Expression.AndAlso(whole.Body, new Swap(held.Parameters[0], whole.Parameters[0]).Visit(held.Body)), whole.Parameters[0]);
    }

    private static IEnumerable<HolderRange> AskedOf(Actor actor) =>
        [new HolderRange(Whose.Asked, actor.User), .. actor.Teams.Ids.Select(t => new HolderRange(Whose.AskedOfTeam, actor.User, t))];

    private sealed class Swap(Expression from, Expression to) : ExpressionVisitor
    {
        [return: NotNullIfNotNull(nameof(node))]
        public override Expression? Visit(Expression? node) => node == from ? to : base.Visit(node);
    }
}

/// <summary>What decides how a <see cref="HolderRange"/> is asked for.</summary>
internal readonly record struct HolderShape(int Whose, bool IsOfNoTeam, bool IsOfAnyHolder);
