using Microsoft.AspNetCore.Components;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Views;

namespace Weflux.Web.Inbox;

/// <summary>Notes that mention the reader are seen once they are shown.</summary>
public sealed partial class ThreadPane
{
    private long _mentionsSeen;

    [Inject]
    private MarkMentionsSeen MarkMentions { get; set; } = null!;

    /// <summary>Most changes are messages: it is asked only if a note or an event came since.</summary>
    private async Task MarkMentionsSeenAsync()
    {
        if (_isVisible && IsAtNewest && _head is { } head && head.LastWorkSequence > _mentionsSeen && _activityAt > _mentionsSeen
            && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            var upTo = _activityAt;
            await MarkMentions.ExecuteAsync(actor, ConversationId, upTo, _reading.Ending);
            _mentionsSeen = upTo;
        }
    }
}
