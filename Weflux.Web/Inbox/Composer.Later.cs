using Microsoft.JSInterop;
using MudBlazor;
using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox.Later;
using Weflux.Web.Media;

namespace Weflux.Web.Inbox;

/// <summary>What is typed and attached goes out later, and what did not go out comes back.</summary>
public sealed partial class Composer
{
    private static readonly DialogOptions LaterOptions = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseButton = true, BackdropClick = false, CloseOnEscapeKey = true };

    /// <summary>Whether what a message says can go back into the text field and the files beside it.</summary>
    public static bool Takes(MessageContent content) => content is TextContent || MediaLimits.MediaOf(content)?.FileId is not null;

    /// <summary>Whether nothing is typed, attached or recorded.</summary>
    public async Task<bool> IsEmptyAsync() => _module is { } module && await module.InvokeAsync<bool>("isEmpty", _root);

    /// <summary>Puts words and files back, before what was typed since.</summary>
    public async Task PutBackAsync(MessageContent content, IReadOnlyList<MediaView> files)
    {
        if (_module is { } module && Takes(content))
        {
            var words = content is TextContent text ? text.Body : MediaLimits.CaptionOf(content) ?? "";
            await module.InvokeVoidAsync("putBack", _root, words, files.Select(f => new
            {
                f.FileId,
                Kind = (content is AudioContent { IsVoice: false } ? MediaKind.Audio : f.Kind).ToString().ToLowerInvariant(),
                Name = f.FileName ?? "file",
                f.Size,
                Type = f.MimeType,
            }));
        }
    }

    private async Task SendLaterAsync()
    {
        if (_module is not { } module)
        {
            return;
        }

        var hand = await module.InvokeAsync<LaterHand>("hand", _root);
        var items = hand.Items.Select(i => new LaterItem(i.DraftId, i.ToContent())).ToList();
        if (items.Count == 0 || items.Exists(i => i.Content is null))
        {
            return;
        }

        var done = await PlanAsync(items, Quote?.Id);
        if (done > 0)
        {
            await module.InvokeVoidAsync("scheduled", _root, done);
            await HandleComposedAsync(Quote is not null);
        }
    }

    /// <summary>Asks when a message that went wrong is to go out again.</summary>
    public async Task PlanAgainAsync(RepeatView repeat)
    {
        if (await PlanAsync([new LaterItem(Guid.CreateVersion7(), repeat.Content)], repeat.QuotedId, repeat) > 0)
        {
            await OnSent.InvokeAsync();
        }
    }

    /// <summary>Asks when.</summary>
    /// <returns>How many of them wait now.</returns>
    private async Task<int> PlanAsync(IReadOnlyList<LaterItem> items, long? quotedId, RepeatView? repeat = null)
    {
        var parameters = new DialogParameters<SendLaterDialog>
        {
            { p => p.Workspace, Workspace },
            { p => p.Target, new LaterTarget(Head.ConversationId, Head.Contact, Head.WindowClosesAt) },
            { p => p.Items, items },
            { p => p.QuotedId, quotedId },
            { p => p.ResendOfId, repeat?.MessageId },
            { p => p.Suggested, repeat?.BetterAt },
            { p => p.Clock, Clock },
        };
        var dialog = await Dialogs.ShowAsync<SendLaterDialog>("Send later", parameters, LaterOptions);
        return await dialog.Result is { Canceled: false, Data: int done } ? done : 0;
    }

    /// <summary>What the script hands over.</summary>
    private sealed record LaterHand(IReadOnlyList<LaterPiece> Items);

    /// <summary>One message of it: words, or a file.</summary>
    private sealed record LaterPiece(Guid DraftId, string? Text, bool WithPreview, AttachedFile? File)
    {
        public MessageContent? ToContent() => File is { } file ? file.ToContent() : new TextContent(Text ?? "", WithPreview);
    }
}
