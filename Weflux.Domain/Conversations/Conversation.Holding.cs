using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>Whose a conversation is, and who is asked to take it over.</summary>
public sealed partial class Conversation
{
    /// <summary>Who held it before it came to nobody; null if nobody did, or it was handed back. It may be somebody who is gone.</summary>
    public UserId? PreviousAssigneeId { get; private set; }

    /// <summary>The member who is asked to take it over; null if none is.</summary>
    public UserId? AskedMemberId { get; private set; }

    /// <summary>The team of which somebody is asked to take it over; null if none is.</summary>
    public long? AskedTeamId { get; private set; }

    /// <summary>Until when whoever is asked can accept (UTC); null if nobody is asked.</summary>
    public DateTimeOffset? AskedUntil { get; private set; }

    /// <summary>Whose it is: what decides who may see it.</summary>
    public Holding Holding => new(AssigneeId, TeamId, AskedMemberId, AskedTeamId, Participants);

    /// <summary>Gives the conversation to a member, or to nobody. Nobody is asked to take it over any more.</summary>
    /// <returns>False if it was so already.</returns>
    public bool Assign(UserId? assignee)
    {
        if (AssigneeId == assignee)
        {
            return false;
        }

        PreviousAssigneeId = AssigneeId ?? PreviousAssigneeId;
        AssigneeId = assignee;
        ForgetAsking();
        Version++;
        return true;
    }

    /// <summary>Whoever holds it gives it back, or it is taken off them: they are not asked before others whether they take it.</summary>
    /// <returns>False if nobody held it.</returns>
    public bool HandBack()
    {
        if (!Assign(null))
        {
            return false;
        }

        PreviousAssigneeId = null;
        return true;
    }

    /// <summary>Gives the conversation to a team, or to none. Who holds it stays.</summary>
    /// <returns>False if it was so already.</returns>
    public bool GiveToTeam(long? team)
    {
        if (TeamId == team)
        {
            return false;
        }

        TeamId = team;
        Version++;
        return true;
    }

    /// <summary>Whoever holds it asks a member to take it over.</summary>
    /// <param name="member">Who is asked.</param>
    /// <param name="until">Until when the member can accept (UTC).</param>
    /// <returns>False if it cannot be asked: nobody holds it, it is not open, or it is the holder who would be asked.</returns>
    public bool AskMember(UserId member, DateTimeOffset until) => Ask(member, null, until);

    /// <summary>Whoever holds it asks a team to take it over; the first of the team who accepts gets it.</summary>
    /// <param name="team">The team.</param>
    /// <param name="until">Until when one of them can accept (UTC).</param>
    /// <returns>False if it cannot be asked: nobody holds it, or it is not open.</returns>
    public bool AskTeam(long team, DateTimeOffset until) => Ask(null, team, until);

    /// <summary>Nobody is asked any more; it stays with whoever holds it.</summary>
    /// <returns>False if nobody was asked.</returns>
    public bool EndAsking()
    {
        if (AskedUntil is null)
        {
            return false;
        }

        ForgetAsking();
        Version++;
        return true;
    }

    /// <summary>Somebody who was asked takes it over.</summary>
    /// <param name="member">Who; the caller knows that it is the member who was asked, or one of the team.</param>
    /// <returns>False if nobody was asked.</returns>
    public bool Accept(UserId member)
    {
        if (AskedUntil is null)
        {
            return false;
        }

        TeamId = AskedTeamId ?? TeamId;
        Assign(member);
        return true;
    }

    private bool Ask(UserId? member, long? team, DateTimeOffset until)
    {
        if (AssigneeId is null || AssigneeId == member || State != ConversationState.Open || IsGroup)
        {
            return false;
        }

        (AskedMemberId, AskedTeamId, AskedUntil) = (member, team, until);
        Version++;
        return true;
    }

    private void ForgetAsking() => (AskedMemberId, AskedTeamId, AskedUntil) = (null, null, null);
}
