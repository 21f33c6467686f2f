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
/// <param name="Now">Whose it is.</param>
/// <param name="Before">Whose it was: those people's screens must let it go.</param>
public sealed record ConversationChange(ConversationHint Hint, Holding Now, Holding Before)
{
    /// <summary>A change after which the conversation belongs to the same people.</summary>
    public static ConversationChange Of(Conversation conversation) => Of(conversation, conversation.Holding);

    /// <summary>A change after which somebody else may hold it, and everything else about whose it is stays.</summary>
    public static ConversationChange Of(Conversation conversation, UserId? previousAssignee) =>
        Of(conversation, conversation.Holding with { Assignee = previousAssignee });

    public static ConversationChange Of(Conversation conversation, Holding before) =>
        new(ConversationHint.Of(conversation), conversation.Holding, before);
}

/// <summary>What the hub says to its clients.</summary>
public interface IInboxClient
{
    /// <summary>Conversations changed: read them again if they are shown.</summary>
    Task Changed(IReadOnlyList<ConversationHint> hints);

    /// <summary>Members of the workspace came, went or chose otherwise: read them again if they are shown.</summary>
    Task People(IReadOnlyList<long> members);

    /// <summary>Something changed among the reader's notices: read them again.</summary>
    Task Noticed();

    /// <summary>What people do with conversations now.</summary>
    Task Together(IReadOnlyList<TogetherHint> hints);
}
