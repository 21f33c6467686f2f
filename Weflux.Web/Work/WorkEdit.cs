using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Data;

namespace Weflux.Web.Work;

/// <summary>A change of a conversation under way, inside its transaction and under the lock of the workspace.</summary>
/// <param name="Db">The transaction.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Conversation">The conversation, which the actor may see.</param>
/// <param name="Now">The time (UTC).</param>
/// <param name="Sequence">The change counter of this change.</param>
internal sealed record WorkEdit(WefluxDbContext Db, Actor Actor, Conversation Conversation, DateTimeOffset Now, long Sequence)
{
    /// <summary>Who is on record as having done it; nobody if a program did.</summary>
    public UserId? By => Actor.Key is null ? Actor.User : null;

    /// <summary>Adds a line to what happened.</summary>
    public void Tell(ConversationEventKind kind) => Db.Add(Conversation.Tell(kind, By, Now, Sequence));

    public void TellAssigned(ConversationEventKind kind, AssignmentReason reason, UserId? subject, string? words = null) =>
        Db.Add(Conversation.TellAssigned(kind, reason, subject, By, Now, Sequence, words));

    public void TellTeam(AssignmentReason reason, string? words = null) => Db.Add(Conversation.TellTeam(reason, By, Now, Sequence, words));

    public void TellHandOver(ConversationEventKind kind, UserId? giver) => Db.Add(Conversation.TellHandOver(kind, giver, By, Now, Sequence));
}
