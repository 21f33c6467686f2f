using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.App;

namespace Weflux.Web.Inbox.Bubbles;

/// <summary>What can be done with a message: quote it, or put an emoji under it.</summary>
public sealed partial class BubbleActions
{
    private static readonly (string Emoji, string Name)[] Common =
    [
        ("👍", "thumbs up"), ("❤️", "heart"), ("😂", "laughter"), ("😮", "astonishment"), ("😢", "sadness"), ("🙏", "thanks"),
    ];

    private ElementReference _opener;
    private bool _isOpen;
    private bool _isWrong;
    private string _free = "";
    private string? _own;

    [Parameter, EditorRequired]
    public ThreadMessage Message { get; set; } = null!;

    [Parameter]
    public EventCallback<ThreadMessage> OnReply { get; set; }

    [Parameter]
    public EventCallback<Reaction> OnReact { get; set; }

    private bool MayReact => Message.Direction == MessageDirection.In && Message.Content is not (SystemContent or ReactionContent or RevokeContent);

    private string FieldId => $"emoji-{Message.Id}";

    protected override void OnParametersSet() => _own = Message.Marks.Reactions.FirstOrDefault(r => r.IsOurs)?.Emoji;

    private void Toggle() => (_isOpen, _isWrong, _free) = (!_isOpen, false, "");

    private Task ReplyAsync()
    {
        Toggle();
        return OnReply.InvokeAsync(Message);
    }

    private async Task ReactAsync(string? emoji)
    {
        Toggle();

        // The panel goes, and with it the button that had the focus.
        await _opener.FocusIfShownAsync();
        await OnReact.InvokeAsync(new Reaction(Message.Id, emoji));
    }

    private Task ReactFreelyAsync()
    {
        var emoji = _free.Trim();
        _isWrong = !PlainLimits.IsEmoji(emoji);
        return _isWrong ? Task.CompletedTask : ReactAsync(emoji);
    }

    /// <summary>The script of the keys has moved the focus to the button by now.</summary>
    private void HandleKey(KeyboardEventArgs key)
    {
        if (key.Key == "Escape" && _isOpen)
        {
            Toggle();
        }
    }
}

/// <summary>A reaction that somebody chose.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Emoji">The emoji; null to take it back.</param>
public sealed record Reaction(long MessageId, string? Emoji);
