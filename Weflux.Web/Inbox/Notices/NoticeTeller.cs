using Weflux.Domain.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>A notice of the browser.</summary>
/// <param name="Tag">What it is known by: the same tag replaces it.</param>
/// <param name="Title">Its first line.</param>
/// <param name="Body">Its second line.</param>
/// <param name="Address">Where a click leads.</param>
/// <param name="Keys">The tags of everything that it tells of, each with its change counter, so that no two tabs tell the same.</param>
/// <param name="IsShown">Whether it is shown, or only heard.</param>
/// <param name="IsLoud">Whether it calls for attention.</param>
/// <param name="HasSound">Whether a sound goes with it.</param>
internal sealed record BrowserNotice(
    string Tag, string Title, string Body, string Address, IReadOnlyList<BrowserKey> Keys, bool IsShown, bool IsLoud, bool HasSound);

/// <param name="Tag">A tag.</param>
/// <param name="Stamp">The change counter of what it tells.</param>
internal sealed record BrowserKey(string Tag, long Stamp);

/// <summary>Decides what of a person's notices the browser tells, and how, for one circuit.</summary>
/// <param name="slug">The workspace.</param>
internal sealed class NoticeTeller(string slug)
{
    private readonly NoticePace _pace = new();
    private readonly Dictionary<string, long> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Told> _recent = new(StringComparer.Ordinal);
    private long? _floor;

    /// <summary>What all tags of notices that are kept begin with.</summary>
    public string Prefix => $"{slug}/n/";

    /// <summary>The tags of what holds good and is not read: whatever else is shown can be taken back.</summary>
    public IReadOnlyList<string> Open(NoticeBoard board) => [.. board.Lines.Where(l => l.State == NoticeState.Unread).Select(l => Prefix + l.Key)];

    /// <summary>What to tell of the board, as it was read now. What was there at the first read is no news.</summary>
    /// <param name="board">The board.</param>
    /// <param name="isQuiet">Whether these are the person's quiet hours: then nothing is told, also not later.</param>
    /// <param name="now">The time (UTC).</param>
    public IReadOnlyList<BrowserNotice> News(NoticeBoard board, bool isQuiet, DateTimeOffset now)
    {
        var floor = _floor ??= Math.Max(board.Counter, board.Newest);
        var fresh = board.Lines.Where(l => l.State == NoticeState.Unread && l.Sequence > floor && l.Sequence > _told.GetValueOrDefault(l.Key)).ToList();
        fresh.ForEach(l => _told[l.Key] = l.Sequence);
        return isQuiet ? [] : Tell(fresh.ConvertAll(l => new Told(
            Prefix + l.Key, l.Sequence, l.Subject, BodyOf(l), AddressOf(l), l.Ways)), now);
    }

    /// <summary>What to tell of messages in conversations of colleagues.</summary>
    public IReadOnlyList<BrowserNotice> News(IReadOnlyList<ConversationRow> rows, NoticeBoard board, bool isQuiet, DateTimeOffset now) =>
        isQuiet ? [] : Tell(
            [.. rows.Select(r => new Told(
                TagOf(r.Id),
                r.LastSequence,
                r.ContactName,
                board.ShowsText ? LineWords.Line(r) : NoticeWords.Messages(1),
                Address.List(slug, r.Id, ListOrder.NeedsReplyFirst),
                board.Preferences.WaysOf(NoticeKind.OthersMessage)))],
            now);

    /// <summary>The tag of a message in a conversation of a colleague.</summary>
    public string TagOf(long conversationId) => FormattableString.Invariant($"{slug}/o/{conversationId}");

    /// <summary>Where a line leads.</summary>
    public string AddressOf(NoticeLine line) => (line.ConversationId, line.Kind) switch
    {
        ({ } id, _) => Address.List(slug, id, ListOrder.NeedsReplyFirst),
        (_, NoticeKind.Waiting) => Address.List(slug, null, Views.ViewAddress.Query(new Views.InboxView { Kind = Views.ViewKind.Unassigned })),
        _ => Address.List(slug, null, ListOrder.NeedsReplyFirst),
    };

    // The title says who; so the sentence need not say it again where it is about a message.
    private static string BodyOf(NoticeLine line) => line.Kind == NoticeKind.NewMessage
        ? line.Text ?? line.Title[..line.Title.IndexOf(" from ", StringComparison.Ordinal)]
        : line.Title;

    private List<BrowserNotice> Tell(List<Told> news, DateTimeOffset now)
    {
        news.RemoveAll(n => (n.Ways & (NoticeWays.Browser | NoticeWays.Sound)) == NoticeWays.None);
        foreach (var one in news)
        {
            _recent[one.Tag] = one;
        }

        var alerts = _pace.Tell([.. news.Select(n => new NoticeCue(n.Tag, n.Ways.HasFlag(NoticeWays.Sound)))], now);
        return [.. alerts.Select(a => a is { IsBundle: true, Keys.Count: > 1 } ? Bundle(a) : Single(a))];
    }

    private BrowserNotice Single(NoticeAlert alert)
    {
        var told = _recent[alert.Keys[0]];
        return new BrowserNotice(
            told.Tag, told.Title, told.Body, told.Address, [new BrowserKey(told.Tag, told.Stamp)], told.Ways.HasFlag(NoticeWays.Browser), alert.IsLoud, alert.HasSound);
    }

    private BrowserNotice Bundle(NoticeAlert alert)
    {
        var all = alert.Keys.Select(k => _recent[k]).ToList();
        var shown = all.FindAll(t => t.Ways.HasFlag(NoticeWays.Browser));
        return new BrowserNotice(
            $"{Prefix}many",
            NoticeWords.Bundle(shown.Count),
            string.Join(", ", shown.Select(t => t.Title).Distinct(StringComparer.Ordinal).Take(NoticePace.MostAlone)),
            Address.List(slug, null, ListOrder.NeedsReplyFirst),
            all.ConvertAll(t => new BrowserKey(t.Tag, t.Stamp)),
            shown.Count > 0,
            alert.IsLoud,
            alert.HasSound);
    }

    private sealed record Told(string Tag, long Stamp, string Title, string Body, string Address, NoticeWays Ways);
}
