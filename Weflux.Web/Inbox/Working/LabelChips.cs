using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Working;

/// <summary>How labels look.</summary>
public static class LabelChips
{
    /// <summary>The class of a colour.</summary>
    public static string Class(LabelColor color) => color.ToString().ToLowerInvariant();
}
