using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Work;

/// <summary>Why people of a workspace close conversations, to be chosen instead of typed.</summary>
public sealed class CloseReason
{
    public const int MaxName = 60;

    /// <summary>How many a workspace can have: a list that is longer is not read.</summary>
    public const int Most = 20;

    public long Id { get; init; }

    public WorkspaceId WorkspaceId { get; init; }

    public required string Name { get; init; }

    /// <summary>The name without regard to case, so that there are no two that read alike.</summary>
    public required string NameKey { get; init; }

    public static CloseReason Make(WorkspaceId workspace, string name) => new() { WorkspaceId = workspace, Name = name, NameKey = Label.KeyOf(name) };
}
