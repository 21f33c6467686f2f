using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Notices;
using Weflux.Domain.Team;
using Weflux.Web.Account;
using Weflux.Web.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>Puts notices into words for one reader, and says what became of what they tell of.</summary>
internal sealed class NoticeReading(Actor actor, PersonPreferences preferences, bool showsText, DateTimeOffset now)
{
    private readonly bool _seesNumbers = actor.May(Permission.SeePhoneNumbers);

    public bool ShowsText => showsText;

    /// <summary>The line of a notice; null if it tells of what the reader may not see.</summary>
    public NoticeLine? LineOf(Notice notice, NoticeFacts facts)
    {
        if (!facts.Conversations.TryGetValue(notice.ConversationId, out var found))
        {
            return null;
        }

        var isSeen = actor.MaySee(found.Conversation.Holding);
        if (!isSeen && !IsTellable(notice.Kind))
        {
            return null;
        }

        var contact = isSeen ? ContactNames.Show(found.Contact.DisplayName, found.Contact.Phone, _seesNumbers) : null;
        var state = notice.HandledAt is not null || IsOver(notice, found.Conversation, facts) ? NoticeState.Handled
            : notice.ReadAt is not null || IsSeen(notice, facts) ? NoticeState.Read
            : NoticeState.Unread;
        return new NoticeLine(
            notice.Id,
            notice.Kind,
            isSeen ? notice.ConversationId : null,
            contact ?? "Weflux",
            Say(notice, contact, facts),
            isSeen && notice.Kind == NoticeKind.NewMessage && state != NoticeState.Handled ? TextOf(found.Conversation) : null,
            notice.At,
            notice.Sequence,
            state,
            preferences.WaysOf(notice.Kind));
    }

    /// <summary>The one line of all customers who wait and whom nobody holds.</summary>
    /// <param name="waiting">They, the latest first; at least one.</param>
    /// <param name="contact">The customer, if it is only one.</param>
    /// <param name="readUpTo">How far the reader has read of them.</param>
    public NoticeLine LineOf(List<WaitingCustomer> waiting, Contact? contact, long readUpTo)
    {
        var latest = waiting[0];
        var only = contact is null ? null : ContactNames.Show(contact.DisplayName, contact.Phone, _seesNumbers);
        var newest = waiting.Max(w => w.Sequence);
        return new NoticeLine(
            0,
            NoticeKind.Waiting,
            only is null ? null : latest.ConversationId,
            only ?? "Unassigned",
            only is null ? NoticeWords.Waiting(waiting.Count, NoticesQuery.MostWaiting) : NoticeWords.Say(NoticeKind.Waiting, only, by: null, count: 1),
            Text: null,
            latest.At,
            newest,
            newest > readUpTo ? NoticeState.Unread : NoticeState.Read,
            preferences.WaysOf(NoticeKind.Waiting));
    }

    /// <summary>What of these can be told without saying which conversation it is about.</summary>
    private static bool IsTellable(NoticeKind kind) =>
        kind is NoticeKind.TakenAway or NoticeKind.HandOverOffered or NoticeKind.HandOverAccepted or NoticeKind.HandOverReturned;

    private bool IsOver(Notice notice, Conversation conversation, NoticeFacts facts)
    {
        var isMine = conversation.AssigneeId == actor.User;
        return notice.Kind switch
        {
            NoticeKind.NewMessage => !(isMine || conversation.Holding.IsJoinedBy(actor.User)) || !conversation.NeedsReply,
            NoticeKind.Assigned => !isMine,
            NoticeKind.TakenAway => isMine,
            NoticeKind.Mentioned => notice.SubjectId is not { } note || !facts.Mentions.ContainsKey(note),
            NoticeKind.MessageFailed => facts.TroublesOf(notice.ConversationId).Count == 0,
            NoticeKind.WindowClosing => !isMine || !conversation.NeedsReply || conversation.Window.ClosesAt != notice.Until,
            NoticeKind.SnoozeOver => conversation.State != ConversationState.Open || (conversation.AssigneeId is not null && !isMine)
                || (conversation.LastDirection == MessageDirection.Out && conversation.LastSequence > notice.Sequence),
            _ => false,
        };
    }

    private static bool IsSeen(Notice notice, NoticeFacts facts) => notice.Kind switch
    {
        NoticeKind.NewMessage => facts.Seen.GetValueOrDefault(notice.ConversationId) >= notice.HeardUpTo,
        NoticeKind.Mentioned => notice.SubjectId is { } note && facts.Mentions.GetValueOrDefault(note),
        _ => false,
    };

    private string Say(Notice notice, string? contact, NoticeFacts facts)
    {
        switch (notice.Kind)
        {
            case NoticeKind.MessageFailed:
                var (count, isUncertain) = facts.TroublesOf(notice.ConversationId);
                return NoticeWords.Failed(contact!, count, isUncertain);
            case NoticeKind.WindowClosing:
                return NoticeWords.Window(contact!, notice.Until <= now);
            default:
                var heard = notice.HeardUpTo - Math.Max(notice.HeardBefore, facts.Seen.GetValueOrDefault(notice.ConversationId));
                return NoticeWords.Say(notice.Kind, contact, facts.NameOf(notice.ById), Math.Max(1, heard));
        }
    }

    private string? TextOf(Conversation conversation)
    {
        if (!showsText || conversation.LastDirection != MessageDirection.In)
        {
            return null;
        }

        var line = LineWords.Line(conversation.LastKind, conversation.LastLine, conversation.LastDirection);
        return _seesNumbers ? line : PhoneNumber.MaskIn(line);
    }
}
