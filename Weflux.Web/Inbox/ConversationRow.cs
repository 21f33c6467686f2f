using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Domain.Team;

namespace Weflux.Web.Inbox;

/// <summary>One line of the list as one reader sees it.</summary>
public sealed record ConversationRow(
    long Id,
    long Version,
    string ContactName,
    string? Phone,
    string LastLine,
    string LastKind,
    string? LastWhatsAppId,
    MessageDirection LastDirection,
    DeliveryStatus LastStatus,
    DateTimeOffset LastActivityAt,
    long LastSequence,
    bool NeedsReply,
    int UnreadCount,
    DateTimeOffset? WindowClosesAt,
    UserId? AssigneeId,
    Colleague? Assignee,
    bool IsSilenced,
    string? DraftLine)
{
    /// <summary>Whether it is the thread of a group.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The labels it carries.</summary>
    public IReadOnlyList<long> LabelIds { get; init; } = [];

    /// <summary>When its snooze ends (UTC); null unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Since when the customer waits (UTC); null if nobody needs to reply.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Whether somebody is asked to take it over, and whether that is the reader.</summary>
    public HandOverMark HandOver { get; init; }

    /// <summary>Whether the reader takes part in it.</summary>
    public bool IsJoined { get; init; }

    /// <summary>Where it stands in the view it was read for.</summary>
    public ListCursor Place
    {
        get => field ?? new ListCursor(NeedsReply, LastActivityAt, LastSequence, Id);
        init;
    }
}

/// <summary>What a line tells of a hand-over.</summary>
public enum HandOverMark
{
    /// <summary>Nobody is asked to take the conversation over.</summary>
    None,

    /// <summary>The reader is asked, or a team of the reader's.</summary>
    ForMe,

    /// <summary>Somebody else is asked.</summary>
    ForOthers,
}

/// <summary>How the list is sorted.</summary>
public enum ListOrder
{
    /// <summary>Those that wait for an answer first, then the newest.</summary>
    NeedsReplyFirst,

    /// <summary>The newest first.</summary>
    Newest,
}

/// <summary>
/// A place in the list. The platform tells times to the second, so what came later within one stands above. In views with
/// an order of their own the parts hold what stands first, and the time and number that it is sorted by.
/// </summary>
public sealed record ListCursor(bool NeedsReply, DateTimeOffset LastActivityAt, long LastSequence, long Id)
{
    public static ListCursor Of(ConversationRow row) => row.Place;
}

/// <summary>Which way to page from a cursor.</summary>
public enum PageDirection
{
    /// <summary>Further down.</summary>
    After,

    /// <summary>Back up.</summary>
    Before,
}

/// <summary>Some lines of the list, in its order.</summary>
/// <param name="Rows">The lines.</param>
/// <param name="HasMore">Whether there are more in the direction read.</param>
/// <param name="Counter">The workspace's change counter before the read: what is shown is at least this new.</param>
public sealed record ConversationPage(IReadOnlyList<ConversationRow> Rows, bool HasMore, long Counter)
{
    /// <summary>Where looking through what does not fit was stopped, before the page was full; null if it was not.</summary>
    public ListCursor? End { get; init; }
}

/// <summary>
/// What everyone who may see a conversation may see of it, and beside it what is each reader's own: read once for all
/// circuits of a node. Phone numbers are masked and own facts picked out for each reader.
/// </summary>
public sealed record SharedRow(
    long Id,
    long Version,
    ConversationState State,
    string ContactName,
    PhoneNumber? Phone,
    string LastLine,
    string LastKind,
    string? LastWhatsAppId,
    MessageDirection LastDirection,
    DeliveryStatus LastStatus,
    DateTimeOffset LastActivityAt,
    long LastSequence,
    bool NeedsReply,
    int InboundCount,
    DateTimeOffset? WindowClosesAt,
    UserId? AssigneeId,
    Colleague? Assignee,
    bool IsSilenced,
    IReadOnlyDictionary<UserId, ReaderFacts> Readers)
{
    /// <summary>Whether it is the thread of a group.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The labels it carries.</summary>
    public IReadOnlyList<long> LabelIds { get; init; } = [];

    /// <summary>When its snooze ends (UTC); null unless snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Since when the customer waits (UTC); null if nobody needs to reply.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The number it is with.</summary>
    public long ConnectionId { get; init; }

    /// <summary>Whose it is, who takes part, and who is asked to take it over.</summary>
    public Holding Holding { get; init; }

    /// <summary>How far the business has come with the contact.</summary>
    public long? StageId { get; init; }

    internal static SharedRow Of(
        Conversation conversation, Contact contact, Colleague? assignee, IReadOnlyDictionary<UserId, ReaderFacts> readers, IReadOnlyList<long> labels)
    {
        return new SharedRow(
            conversation.Id,
            conversation.Version,
            conversation.State,
            contact.DisplayName,
            contact.Phone,
            conversation.LastLine,
            conversation.LastKind,
            conversation.LastWhatsAppId,
            conversation.LastDirection,
            conversation.LastStatus,
            conversation.LastActivityAt,
            conversation.LastSequence,
            conversation.NeedsReply,
            conversation.InboundCount,
            conversation.Window.ClosesAt,
            conversation.AssigneeId,
            assignee,
            contact.Consent.IsAllStopped,
            readers)
        {
            IsGroup = conversation.IsGroup,
            LabelIds = labels,
            SnoozedUntil = conversation.SnoozedUntil,
            WaitingSince = conversation.WaitingSince,
            ConnectionId = conversation.ConnectionId,
            Holding = conversation.Holding,
            StageId = contact.StageId,
        };
    }

    /// <summary>What is this reader's own.</summary>
    public ReaderFacts Of(UserId reader) => Readers.GetValueOrDefault(reader, ReaderFacts.None);
}

/// <summary>What of a row is one reader's own.</summary>
/// <param name="ReadCount">How many of the customer's messages there were when the reader last looked.</param>
/// <param name="Draft">The beginning of what the reader has typed and not sent; null if nothing.</param>
public sealed record ReaderFacts(int ReadCount, string? Draft)
{
    public static ReaderFacts None { get; } = new(0, null);
}
