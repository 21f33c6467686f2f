using Weflux.Domain.Notices;
using Weflux.Domain.Team;

namespace Weflux.Web.Notices;

/// <summary>Something that somebody is to be told of.</summary>
/// <param name="Kind">What.</param>
/// <param name="Person">Whom to tell; <see cref="Notice.Everybody"/> for all who may see what nobody holds.</param>
/// <param name="ConversationId">Where it happened. The conversation must be stored.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Sequence">The workspace's change counter of the change.</param>
public sealed record NoticeNews(NoticeKind Kind, UserId Person, long ConversationId, DateTimeOffset At, long Sequence)
{
    /// <summary>Who did it; null for the customer, a program or Weflux itself. Nobody is told of what they did themselves.</summary>
    public UserId? By { get; init; }

    /// <summary>What it is about beside the conversation: a note, a message; null for nothing.</summary>
    public long? SubjectId { get; init; }

    /// <summary>A time that it tells of (UTC); null for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Which of the customer's messages it tells of; null if it tells of none.</summary>
    public HeardMessages? Heard { get; init; }
}

/// <summary>Some of a customer's messages, by how many they had written.</summary>
/// <param name="Before">How many before these.</param>
/// <param name="UpTo">How many with these.</param>
/// <param name="Continues">Whether the customer was waiting before, so that these join those that were told of.</param>
public readonly record struct HeardMessages(int Before, int UpTo, bool Continues);

/// <summary>Left in a transaction to be told after its commit: something changed among somebody's notices.</summary>
/// <param name="Workspace">Where.</param>
/// <param name="Person">Whose; <see cref="Notice.Everybody"/> for all who may see what nobody holds.</param>
public sealed record NoticeHint(WorkspaceId Workspace, UserId Person);
