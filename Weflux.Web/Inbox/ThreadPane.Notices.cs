using Microsoft.AspNetCore.Components;
using Weflux.Web.Inbox.Notices;

namespace Weflux.Web.Inbox;

/// <summary>What the reader was told of this conversation is read once the conversation is shown.</summary>
public sealed partial class ThreadPane
{
    private long _noticesSeen;

    [Inject]
    private SeeNotices SeeNotices { get; set; } = null!;

    private async Task MarkNoticesSeenAsync()
    {
        if (_isVisible && _isAtEnd && _window is { } window && window.ChangeSequence > _noticesSeen
            && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _noticesSeen = window.ChangeSequence;
            await SeeNotices.ExecuteAsync(actor, ConversationId, _noticesSeen, _reading.Ending);
        }
    }
}
