using Microsoft.AspNetCore.Components;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;
using Weflux.Web.Scheduling;
using Weflux.Web.Sending;

namespace Weflux.Web.Inbox;

/// <summary>What waits to be sent later in a thread, and what its author takes back.</summary>
public sealed partial class ThreadPane
{
    private IReadOnlyList<ScheduledView> _scheduled = [];
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private EventCallback<ThreadMessage> _onTakeBack;
    private Composer? _composer;

    [Inject]
    private ScheduledQuery Scheduled { get; set; } = null!;

    [Inject]
    private TakeBack TakeBack { get; set; } = null!;

    protected override void OnInitialized() => _onTakeBack = EventCallback.Factory.Create<ThreadMessage>(this, TakeBackAsync);

    private async Task ReadScheduledAsync(Actor actor)
    {
        _scheduled = await Scheduled.OfThreadAsync(actor, ConversationId, _reading.Ending);
        if (_scheduled.Count > 0)
        {
            _zone = await Scheduled.ZoneAsync(actor, _reading.Ending) ?? TimeZoneInfo.Utc;
        }
    }

    private bool GoesAgain(long messageId) => _scheduled.Any(s => s.ResendOfId == messageId);

    private Task ReadAgainAsync() => ReadOneAtATimeAsync(ReadChangesAsync);

    private async Task<bool> MayPutBackAsync() => _composer is { } composer && await composer.IsEmptyAsync();

    private Task PutBackAsync(CancelledWords words) => _composer?.PutBackAsync(words.Content, words.Files) ?? Task.CompletedTask;

    private async Task TakeBackAsync(ThreadMessage message)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor)
        {
            return;
        }

        var answer = await TakeBack.ExecuteAsync(actor, message.Id, _reading.Ending);
        _notice = answer switch
        {
            { Outcome: TakeBackOutcome.TakenBack, Content: { } content } when Composer.Takes(content) => null,
            { Outcome: TakeBackOutcome.TakenBack } => new ReplyNotice("Taken back. Nothing was sent.", "To send it after all, put it together again."),
            _ => new ReplyNotice("Too late to take this back.", "The message has begun to leave."),
        };
        await ReadOneAtATimeAsync(ReadChangesAsync);
        if (answer.Content is { } words && _composer is { } composer && Composer.Takes(words))
        {
            await composer.PutBackAsync(words, answer.Files ?? []);
        }
    }
}
