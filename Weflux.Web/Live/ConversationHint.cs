using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Live;

/// <summary>
/// One notice that a conversation changed: ids, its version, and what a screen needs to know whether it cares. Never
/// message text, never a phone number.
/// </summary>
/// <param name="IsOwn">Whether something of the reader's own changed, which raises no version: the read cursor.</param>
public sealed record ConversationHint(
    long ConversationId, long Version, long? AssigneeId, long? TeamId, ConversationState State, bool IsOwn = false)
{
    public static ConversationHint Of(Conversation conversation) => new(
        conversation.Id, conversation.Version, conversation.AssigneeId?.Value, conversation.TeamId, conversation.State);
}

/// <summary>A change to announce after its commit.</summary>
/// <param name="Hint">The conversation as it is now.</param>
/// <param name="PreviousAssigneeId">Who held it before: that person's screens must let it go.</param>
/// <param name="WasUnassigned">Whether nobody held it before.</param>
public sealed record ConversationChange(ConversationHint Hint, long? PreviousAssigneeId, bool WasUnassigned)
{
    /// <summary>Who takes part, or did until now.</summary>
    public IReadOnlyList<UserId> Participants { get; init; } = [];

    /// <summary>A change after which the same person holds the conversation.</summary>
    public static ConversationChange Of(Conversation conversation) => Of(conversation, conversation.AssigneeId);

    public static ConversationChange Of(Conversation conversation, UserId? previousAssignee) =>
        Of(conversation, previousAssignee, conversation.Participants);

    /// <summary>A change after which others may take part than before.</summary>
    public static ConversationChange Of(Conversation conversation, UserId? previousAssignee, Participants before) =>
        new(ConversationHint.Of(conversation), previousAssignee?.Value, previousAssignee is null)
        {
            Participants = conversation.Participants == before ? before.Members : [.. before.Members.Union(conversation.Participants.Members)],
        };
}

/// <summary>What the hub says to its clients.</summary>
public interface IInboxClient
{
    /// <summary>Conversations changed: read them again if they are shown.</summary>
    Task Changed(IReadOnlyList<ConversationHint> hints);

    /// <summary>What people do with conversations now.</summary>
    Task Together(IReadOnlyList<TogetherHint> hints);
}
