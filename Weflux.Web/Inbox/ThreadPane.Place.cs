using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Working;

namespace Weflux.Web.Inbox;

/// <summary>Looks at a place of the thread, however far back: what stands around it is read, and the way to the newest is open.</summary>
public sealed partial class ThreadPane
{
    private static readonly ReplyNotice NotRead = new("Newer messages could not be read.", "Nothing is lost. Try again in a moment.");

    private ThreadWish? _placed;
    private ThreadWish? _brought;
    private ThreadWish? _revealed;

    [Inject]
    private ILogger<ThreadPane> Logger { get; set; } = null!;

    /// <summary>Whether the newest message is in view.</summary>
    private bool IsAtNewest => _isAtEnd && _window is not { HasNewer: true };

    /// <summary>Told by the script when somebody wishes to read on towards the present.</summary>
    [JSInvokable]
    public Task NewerWishedAsync() => ReadOneAtATimeAsync(async actor =>
    {
        if (_window is not { HasNewer: true, Newest: { } newest } window)
        {
            return;
        }

        try
        {
            var newer = await Query.NewerAsync(actor, ConversationId, newest, _reading.Ending);
            DateTimeOffset? end = newer is { HasNewer: true, Messages: [.., var last] } ? last.SaidAt : null;
            var activity = await Activity.RangeAsync(actor, ConversationId, newest.SaidAt, end, _reading.Ending);
            window.Append(newer);
            _activity.Add(activity);
            _notice = _notice == NotRead ? null : _notice;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The script has no place to say it, and what is on the screen is still good.
            NewerNotRead(Logger, exception);
            _notice = NotRead;
        }

        StateHasChanged();
    });

    /// <summary>Somebody clicked once more what the place was opened for.</summary>
    public void SeePlaceAgain()
    {
        (_placed, _brought, _revealed) = (null, null, null);
        StateHasChanged();
    }

    private static DateTimeOffset? EndOf(ThreadWindow window) => window is { HasNewer: true, Newest: { } newest } ? newest.SaidAt : null;

    /// <summary>First what is wished is read, then, when it is on the screen, it is shown.</summary>
    private async Task GoToPlaceAsync()
    {
        if (Wish is not { IsPlace: true } place)
        {
            (_placed, _brought, _revealed) = (null, null, null);
        }
        else if (place != _placed)
        {
            _placed = place;
            await ReadOneAtATimeAsync(actor => BringAsync(actor, place));
            _brought = place;
            StateHasChanged();
        }
        else if (place == _brought && place != _revealed && _module is { } module)
        {
            _revealed = place;
            await module.InvokeVoidAsync("reveal", _root, place.Kind, place.MessageId);
        }
    }

    private async Task BringAsync(Actor actor, ThreadWish place)
    {
        if (_window is not { } window || (place.Kind == ThreadWish.Message && window.Has(place.MessageId)))
        {
            return;
        }

        DateTimeOffset? written = place.Kind == ThreadWish.Note
            ? await Activity.WrittenAtAsync(actor, ConversationId, place.MessageId, _reading.Ending)
            : null;
        if (written is { } moment && Covers(window, moment))
        {
            return;
        }

        var around = place.Kind == ThreadWish.Note && written is null ? null
            : await Query.AroundAsync(actor, ConversationId, place.Kind == ThreadWish.Message ? place.MessageId : null, written ?? default, _reading.Ending);
        if (around is null)
        {
            _notice = place.Kind == ThreadWish.Note
                ? new ReplyNotice("That note is not here any more.", "Whoever wrote it has deleted it.")
                : new ReplyNotice("That message is not here any more.", "It was erased meanwhile.");
            return;
        }

        var here = new ThreadWindow(around);
        var activity = new ActivityWindow();
        DateTimeOffset? from = here is { HasOlder: true, Oldest: { } oldest } ? oldest.SaidAt : null;
        var end = EndOf(here);
        activity.Add(await Activity.RangeAsync(actor, ConversationId, from, end?.AddTicks(1), _reading.Ending));
        (_window, _activity, _activityAt, _unseen) = (here, activity, around.ChangeSequence, 0);
    }

    private static bool Covers(ThreadWindow window, DateTimeOffset moment) =>
        (!window.HasOlder || window.Oldest is not { } oldest || oldest.SaidAt <= moment)
        && (!window.HasNewer || window.Newest is not { } newest || newest.SaidAt >= moment);

    /// <summary>Back from a place to where people write.</summary>
    private async Task ReadNewestAsync(Actor actor)
    {
        await OpenAsync(actor);
        StateHasChanged();
        await MarkSeenAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Newer messages of a thread could not be read")]
    private static partial void NewerNotRead(ILogger logger, Exception exception);

    private async Task ToNewestAsync()
    {
        await ReadOneAtATimeAsync(ReadNewestAsync);
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("toEnd", _root);
        }
    }
}
