namespace Weflux.Domain.Team;

/// <summary>Whose a conversation is: what decides who may see it.</summary>
/// <param name="Assignee">The member who holds it; null if nobody does.</param>
/// <param name="Team">The team it belongs to; null if none.</param>
/// <param name="AskedMember">The member who was asked to take it over and has not answered; null if none.</param>
/// <param name="AskedTeam">The team of which somebody was asked to take it over; null if none.</param>
public readonly record struct Holding(UserId? Assignee, long? Team = null, UserId? AskedMember = null, long? AskedTeam = null)
{
    /// <summary>A conversation that nobody holds, of no team.</summary>
    public static Holding Nobody => default;
}
