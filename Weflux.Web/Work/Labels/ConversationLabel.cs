using Weflux.Domain.Team;

namespace Weflux.Web.Work.Labels;

/// <summary>A label on a conversation.</summary>
public sealed class ConversationLabel
{
    public WorkspaceId WorkspaceId { get; init; }

    public long ConversationId { get; init; }

    public long LabelId { get; init; }
}
