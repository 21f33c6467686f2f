using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>To whom a conversation is assigned: a member, a team, or no team.</summary>
public readonly record struct AssignTo
{
    private AssignTo(UserId? member, long? team) => (MemberId, TeamId) = (member, team);

    /// <summary>The member; null if it is a team.</summary>
    public UserId? MemberId { get; }

    /// <summary>The team; null if it is a member, or if the conversation shall belong to no team.</summary>
    public long? TeamId { get; }

    /// <summary>That it belongs to no team. Who holds it stays.</summary>
    public static AssignTo NoTeam => default;

    /// <summary>A member holds it; the team that it belongs to stays.</summary>
    public static AssignTo Member(UserId member) => new(member, null);

    /// <summary>It belongs to a team. Whoever holds it keeps it if they are in the team; else nobody holds it.</summary>
    public static AssignTo Team(long team) => new(null, team);

    public static implicit operator AssignTo(UserId member) => Member(member);
}
