using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Sending;
using Weflux.Domain.Team;
using Weflux.Web.Data;
using Weflux.Web.Notices;
using Weflux.Web.Sending.Troubles;
using Weflux.Web.Work.Notes;

namespace Weflux.Web.Inbox.Notices;

/// <summary>What one person's notices tell of, as it is now.</summary>
internal sealed class NoticeFacts
{
    public IReadOnlyList<Notice> Notices { get; private init; } = [];

    public IReadOnlyDictionary<long, ConversationWithContact> Conversations { get; private init; } = new Dictionary<long, ConversationWithContact>();

    /// <summary>How many messages of the customer the person has seen, by conversation.</summary>
    public IReadOnlyDictionary<long, int> Seen { get; private init; } = new Dictionary<long, int>();

    /// <summary>Whether the person has seen the notes that mention them, by note. A note that does not mention them any more is not in it.</summary>
    public IReadOnlyDictionary<long, bool> Mentions { get; private init; } = new Dictionary<long, bool>();

    /// <summary>The codes of the person's own messages that went wrong and wait for a decision, by conversation.</summary>
    public ILookup<long, int> Troubles { get; private init; } = Array.Empty<int>().ToLookup(_ => 0L);

    public IReadOnlyDictionary<long, Colleague> Colleagues { get; private init; } = new Dictionary<long, Colleague>();

    public static async Task<NoticeFacts> ReadAsync(WefluxDbContext db, UserId me, List<Notice> notices, CancellationToken cancellationToken)
    {
        if (notices.Count == 0)
        {
            return new NoticeFacts();
        }

        var all = IdsOf(notices, _ => true);
        var (heard, mentioned, failed) = (IdsOf(notices, k => k == NoticeKind.NewMessage), NotesOf(notices), IdsOf(notices, k => k == NoticeKind.MessageFailed));
        return new NoticeFacts
        {
            Notices = notices,
            Conversations = (await SharedRows.Select(db, db.Set<Conversation>().Where(c => all.Contains(c.Id))).AsNoTracking().ToListAsync(cancellationToken))
                .ToDictionary(f => f.Conversation.Id),
            Seen = heard.Count == 0 ? new Dictionary<long, int>() : await db.Set<ReadCursor>().Where(r => r.UserId == me && heard.Contains(r.ConversationId))
                .ToDictionaryAsync(r => r.ConversationId, r => r.InboundCount, cancellationToken),
            Mentions = mentioned.Count == 0 ? new Dictionary<long, bool>() : await db.Set<NoteMention>().Where(m => m.UserId == me && mentioned.Contains(m.NoteId))
                .ToDictionaryAsync(m => m.NoteId, m => m.IsSeen, cancellationToken),
            Troubles = failed.Count == 0 ? Array.Empty<int>().ToLookup(_ => 0L) : (await db.Set<SendTrouble>().Where(t => t.AuthorId == me && failed.Contains(t.ConversationId))
                .Select(t => new { t.ConversationId, t.Code }).ToListAsync(cancellationToken)).ToLookup(t => t.ConversationId, t => t.Code),
            Colleagues = await SharedRows.ColleaguesAsync(db, notices.Select(n => n.ById), cancellationToken),
        };
    }

    /// <summary>Who did what a notice tells of, by name; null if nobody did or the person is gone.</summary>
    public string? NameOf(UserId? person) => person is { } known ? Colleagues.GetValueOrDefault(known.Value)?.Name : null;

    /// <summary>The person's messages in a conversation that wait for a decision: how many, and whether none of them certainly failed.</summary>
    public (int Count, bool IsUncertain) TroublesOf(long conversationId)
    {
        var codes = Troubles[conversationId].ToList();
        return (codes.Count, codes.Count > 0 && codes.TrueForAll(c => c == OwnFaults.NotConfirmed));
    }

    private static List<long> IdsOf(List<Notice> notices, Func<NoticeKind, bool> isOf) =>
        [.. notices.Where(n => isOf(n.Kind)).Select(n => n.ConversationId).Distinct()];

    private static List<long> NotesOf(List<Notice> notices) =>
        [.. notices.Where(n => n.Kind == NoticeKind.Mentioned).Select(n => n.SubjectId).OfType<long>().Distinct()];
}
