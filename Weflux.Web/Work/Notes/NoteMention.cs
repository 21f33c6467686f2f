using Weflux.Domain.Team;

namespace Weflux.Web.Work.Notes;

/// <summary>Somebody is mentioned in a note.</summary>
public sealed class NoteMention
{
    public WorkspaceId WorkspaceId { get; init; }

    public long NoteId { get; init; }

    public UserId UserId { get; init; }

    /// <summary>Whether the person has looked at the conversation since.</summary>
    public bool IsSeen { get; set; }
}
