using Weflux.Domain.Conversations;

namespace Weflux.Domain.Team;

/// <summary>Whose a conversation is: what decides who may see it.</summary>
/// <param name="Assignee">The member who holds it; null if nobody does.</param>
/// <param name="Team">The team it belongs to; null if none.</param>
/// <param name="AskedMember">The member who was asked to take it over and has not answered; null if none.</param>
/// <param name="AskedTeam">The team of which somebody was asked to take it over; null if none.</param>
/// <param name="Participants">Who takes part in it beside whoever holds it; null if nobody does.</param>
public readonly record struct Holding(
    UserId? Assignee, long? Team = null, UserId? AskedMember = null, long? AskedTeam = null, Participants? Participants = null)
{
    /// <summary>A conversation that nobody holds, of no team, in which nobody takes part.</summary>
    public static Holding Nobody => default;

    /// <summary>Who takes part in it beside whoever holds it; null if nobody does.</summary>
    public Participants? Participants { get; init; } = Participants is { Members.Count: 0 } ? null : Participants;

    /// <summary>Whether somebody takes part in it.</summary>
    public bool IsJoinedBy(UserId member) => Participants?.Has(member) == true;
}
