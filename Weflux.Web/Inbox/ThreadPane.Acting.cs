using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox.Bubbles;
using Weflux.Web.Sending;
using Weflux.Web.Sending.Troubles;

namespace Weflux.Web.Inbox;

/// <summary>What can be done with the messages of a thread.</summary>
public sealed partial class ThreadPane
{
    private const int PagesToSeek = 20;

    private ThreadMessage? _quote;
    private ThreadWish? _wish;
    private ComposerWish? _composerWish;
    private long? _answered;
    private EventCallback<ThreadMessage> _onReply;
    private EventCallback<Reaction> _onReact;

    [Inject]
    private SendAgain SendAgain { get; set; } = null!;

    [Inject]
    private LeaveTrouble LeaveTrouble { get; set; } = null!;

    [Inject]
    private SendReaction SendReaction { get; set; } = null!;

    /// <summary>Told by the script when somebody follows a quote to a message that is not loaded.</summary>
    /// <returns>Whether the message is there now.</returns>
    [JSInvokable]
    public async Task<bool> SeekAsync(string whatsAppId)
    {
        await ReadOneAtATimeAsync(async actor =>
        {
            for (var page = 0; page < PagesToSeek && _window?.Find(whatsAppId) is null; page++)
            {
                if (!await ReadOlderAsync(actor))
                {
                    break;
                }
            }
        });
        var isFound = _window?.Find(whatsAppId) is not null;
        if (!isFound)
        {
            _notice = new ReplyNotice("That message is not within reach.", "It is further back than is searched from here, or it is not kept any more.");
            StateHasChanged();
        }

        return isFound;
    }

    private async Task SendAgainAsync(ThreadMessage message)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor || _head is not { } head)
        {
            return;
        }

        var result = await SendAgain.ExecuteAsync(actor, message.Id, Guid.CreateVersion7(), _reading.Ending);
        _notice = result is null
            ? new ReplyNotice("This message cannot be sent again.", "Its state changed meanwhile.")
            : result.Decision.IsAllowed ? null : ReplyWords.Explain(result.Decision, head.Contact, Clock);
        await HandleSentAsync();
    }

    private async Task LeaveAsync(ThreadMessage message)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            await LeaveTrouble.ExecuteAsync(actor, message.Id, _reading.Ending);
            await ReadOneAtATimeAsync(ReadChangesAsync);
        }
    }

    /// <summary>First the wish goes from the address, because a dialog that is open then would be closed; then it is granted.</summary>
    private async Task HearWishAsync()
    {
        if (Wish is { IsPlace: false } && Wish != _wish)
        {
            _wish = Wish;
            await OnWishHeard.InvokeAsync();
        }
        else if (Wish is null or { IsPlace: true } && _wish is { } wish)
        {
            _wish = null;
            await GrantWishAsync(wish);
            StateHasChanged();
        }
    }

    /// <summary>Does what somebody opened the conversation for.</summary>
    private async Task GrantWishAsync(ThreadWish wish)
    {
        if (wish.Kind == ThreadWish.Contact)
        {
            if (!ShowsContact)
            {
                await OnToggleContact.InvokeAsync();
            }
        }
        else if (wish.Kind == ThreadWish.Template)
        {
            (_answered, _composerWish) = (wish.MessageId, new ComposerWish(Text: null));
        }
        else if (wish.Kind == ThreadWish.Later)
        {
            if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } reader && _composer is { } composer
                && await Query.RepeatAsync(reader, ConversationId, wish.MessageId, _reading.Ending) is { } repeat)
            {
                await composer.PlanAgainAsync(repeat);
            }
        }
        else if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor
            && await Query.WordsAsync(actor, ConversationId, wish.MessageId, _reading.Ending) is { } words)
        {
            (_answered, _composerWish) = (wish.MessageId, new ComposerWish(words));
        }
    }

    /// <summary>What was sent takes the place of the message that went wrong.</summary>
    private async Task DealWithAnsweredAsync()
    {
        if (_answered is { } messageId && await CurrentActor.FindAsync(Workspace, _reading.Ending) is { } actor)
        {
            _answered = null;
            await LeaveTrouble.ExecuteAsync(actor, messageId, _reading.Ending);
        }
    }

    /// <summary>Bubbles offer to be answered and reacted to while a free-form reply may be sent.</summary>
    private void LetAct()
    {
        var mayAct = LookOnly is null && _head?.Reply.IsAllowed == true;
        _onReply = mayAct ? EventCallback.Factory.Create<ThreadMessage>(this, QuoteAsync) : default;
        _onReact = mayAct ? EventCallback.Factory.Create<Reaction>(this, ReactAsync) : default;
    }

    private async Task QuoteAsync(ThreadMessage message)
    {
        _quote = message;
        if (_module is { } module)
        {
            await module.InvokeVoidAsync("toComposer", _root);
        }
    }

    private void DropQuote() => _quote = null;

    private async Task ReactAsync(Reaction reaction)
    {
        if (await CurrentActor.FindAsync(Workspace, _reading.Ending) is not { } actor || _head is not { } head)
        {
            return;
        }

        var result = await SendReaction.ExecuteAsync(actor, reaction.MessageId, reaction.Emoji, Guid.CreateVersion7(), _reading.Ending);
        _notice = result?.Decision.IsAllowed == true ? null : ReplyWords.Explain(result?.Decision ?? new NotPermitted(), head.Contact, Clock);
        await ReadOneAtATimeAsync(ReadChangesAsync);
    }
}
