using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Live;
using Weflux.Web.Sending;

namespace Weflux.Web.Inbox;

/// <summary>Why messages of a thread have not left yet. Most leave at once, so it is asked only of those that do not.</summary>
public sealed partial class ThreadPane
{
    private static readonly TimeSpan QueueStep = TimeSpan.FromSeconds(3);

    private IReadOnlyDictionary<long, MessageWait> _waits = new Dictionary<long, MessageWait>();
    private DateTimeOffset _queueReadAt;
    private bool _hasQueue;

    [Inject]
    private QueueQuery Queue { get; set; } = null!;

    private async Task ReadWaitsAsync(Actor actor)
    {
        NoteQueue();
        _queueReadAt = Time.GetUtcNow();
        if (_hasQueue)
        {
            _waits = await Queue.OfThreadAsync(actor, ConversationId, _reading.Ending);
        }
    }

    /// <summary>Told when messages came in or changed.</summary>
    private void NoteQueue()
    {
        var hasQueue = _window?.Messages.Any(m => m.Status == DeliveryStatus.Queued) == true;
        if (!hasQueue)
        {
            _waits = new Dictionary<long, MessageWait>();
        }
        else if (!_hasQueue)
        {
            _queueReadAt = Time.GetUtcNow();
        }

        _hasQueue = hasQueue;
    }

    private void LookAtQueue()
    {
        if (_hasQueue && Time.GetUtcNow() - _queueReadAt >= QueueStep)
        {
            _queueReadAt = Time.GetUtcNow();
            _ = Aside.RunAsync(() => InvokeAsync(() => ReadOneAtATimeAsync(ShowWaitsAsync)), DispatchExceptionAsync);
        }
    }

    private async Task ShowWaitsAsync(Actor actor)
    {
        await ReadWaitsAsync(actor);
        StateHasChanged();
    }
}
