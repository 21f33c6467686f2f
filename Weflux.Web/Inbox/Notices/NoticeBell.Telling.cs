using System.Data.Common;
using Microsoft.JSInterop;
using Weflux.Domain.Contacts;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Inbox.Views;
using Weflux.Web.Live;
using Weflux.Web.Team;

namespace Weflux.Web.Inbox.Notices;

/// <summary>
/// Has the browser tell a person who looks elsewhere, in the way the profile asks for. Notices go away by themselves once
/// they were read or dealt with anywhere.
/// </summary>
public sealed partial class NoticeBell
{
    private FreshMessages? _fresh;
    private IReadOnlyList<string> _open = [];

    private bool IsQuiet(NoticeBoard board) => board.Preferences.Quiet is { } quiet
        && quiet.Covers(Time.GetUtcNow(), WorkspaceTime.Find(Profile?.TimeZone ?? WorkspaceTime.Read(_browser?.Zone)));

    private async Task TellAsync(NoticeBoard board)
    {
        var news = _teller.News(board, _isQuiet, Time.GetUtcNow());
        var open = _teller.Open(board);
        if (news.Count > 0 || !open.SequenceEqual(_open, StringComparer.Ordinal))
        {
            await SendAsync(news, settled: [], open, board.Counter);
            _open = open;
        }
    }

    /// <summary>Messages in conversations of colleagues are not kept: who wants to hear of them hears of them as they come.</summary>
    private async Task TellOfOthersAsync(IReadOnlyList<ConversationHint> hints)
    {
        if (_board is not { } board || board.Preferences.WaysOf(NoticeKind.OthersMessage) == NoticeWays.None)
        {
            return;
        }

        try
        {
            await TellOfOthersAsync(board, hints);
        }
        catch (DbException)
        {
            // The rows of the list tell it all the same.
        }
    }

    private async Task TellOfOthersAsync(NoticeBoard board, IReadOnlyList<ConversationHint> hints)
    {
        if (await CurrentActor.FindRecentAsync(Slug, _reading.Ending) is not { } actor)
        {
            return;
        }

        var changed = await Rows.ChangedAsync(actor, InboxView.Default, [.. hints.Select(h => new RowVersion(h.ConversationId, h.Version, h.IsOwn))], _reading.Ending);
        var (told, settled) = _fresh!.Sift(changed);
        if (!actor.May(Permission.SeePhoneNumbers))
        {
            // As in the notices that are kept.
            told = [.. told.Select(r => r with { LastLine = PhoneNumber.MaskIn(r.LastLine) })];
        }

        var news = _teller.News(told, board, IsQuiet(board), Time.GetUtcNow());
        if (news.Count > 0 || settled.Count > 0)
        {
            await SendAsync(news, [.. settled.Select(_teller.TagOf)], open: null, board.Counter);
        }
    }

    private async Task SendAsync(IReadOnlyList<BrowserNotice> notices, IReadOnlyList<string> settled, IReadOnlyList<string>? open, long upTo)
    {
        try
        {
            await _module!.InvokeVoidAsync("tell", _reading.Ending, new { notices, settled, open, _teller.Prefix, upTo });
        }
        catch (Exception exception) when (exception is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The page was closed meanwhile, or the browser does not show notices here. The bell tells it all the same.
        }
    }
}
