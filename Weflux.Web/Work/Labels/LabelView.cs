using Weflux.Domain.Conversations;

namespace Weflux.Web.Work.Labels;

/// <summary>A label as everybody sees it.</summary>
public sealed record LabelView(long Id, string Name, LabelColor Color);

/// <summary>What became of a label, or of a reason for closing.</summary>
public enum LabelOutcome
{
    Saved,

    NotAllowed,

    /// <summary>There is none of that number.</summary>
    NotFound,

    /// <summary>The name is empty, too long, or holds what no name holds; or the colour is none.</summary>
    Invalid,

    /// <summary>Another one reads alike.</summary>
    Taken,

    /// <summary>There are as many as there can be.</summary>
    Full,
}
