using Weflux.Domain.Team;

namespace Weflux.Domain.Conversations;

/// <summary>Who takes part beside whoever holds it.</summary>
public sealed partial class Conversation
{
    /// <summary>The colleagues who take part: they see it, whoever holds it.</summary>
    public Participants Participants { get; private set; } = Participants.None;

    /// <summary>Somebody takes part from now on.</summary>
    /// <param name="member">Who.</param>
    /// <param name="by">Who says so; null for a program.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <returns>What is to be stored with the change; null if the member takes part already.</returns>
    public (Participation Participation, ConversationEvent Told)? Join(UserId member, UserId? by, DateTimeOffset at, long sequence)
    {
        if (Participants.Has(member))
        {
            return null;
        }

        Participants = Participants.With(member);
        return (new Participation(this, member, by, at), TellMember(ConversationEventKind.ParticipantAdded, member, by, at, sequence));
    }

    /// <summary>Somebody takes part no more.</summary>
    /// <param name="member">Who.</param>
    /// <param name="by">Who says so; null for Weflux itself, because the member left the workspace.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The workspace's change counter.</param>
    /// <returns>The line, to be stored with the change; null if the member did not take part.</returns>
    public ConversationEvent? Part(UserId member, UserId? by, DateTimeOffset at, long sequence)
    {
        if (!Participants.Has(member))
        {
            return null;
        }

        Participants = Participants.Without(member);
        return TellMember(ConversationEventKind.ParticipantRemoved, member, by, at, sequence);
    }

    private ConversationEvent TellMember(ConversationEventKind kind, UserId member, UserId? by, DateTimeOffset at, long sequence)
    {
        ShowWork(sequence);
        return new ConversationEvent(this, kind, by, at, sequence) { SubjectId = member.Value };
    }
}
