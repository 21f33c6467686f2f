using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;
using Weflux.Web.Inbox;

namespace Weflux.Tests.Web.Inbox;

/// <summary>Rows, messages and heads as screens get them.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    public static ConversationRow Row(long id, int minute = 0, bool needsReply = true, long version = 1, int unread = 0, string name = "Asha", long sequence = 0) => new(
        id,
        version,
        name,
        "+919810000010",
        "Where is my order?",
        "text",
        $"wamid.{id}",
        MessageDirection.In,
        DeliveryStatus.None,
        Noon.AddMinutes(minute),
        sequence,
        needsReply,
        unread,
        Noon.AddHours(24),
        null,
        null,
        false,
        null);

    public static ConversationPage Page(IEnumerable<ConversationRow> rows, bool hasMore) => new([.. rows], hasMore, 0);

    public static ThreadMessage Message(
        long id,
        MessageContent? content = null,
        DateTimeOffset? saidAt = null,
        MessageDirection direction = MessageDirection.In,
        DeliveryStatus status = DeliveryStatus.None,
        long change = 0) => new(
        id,
        $"wamid.{id}",
        direction,
        direction == MessageDirection.In ? MessageOrigin.Customer : MessageOrigin.Person,
        content ?? new TextContent($"Message {id}"),
        null,
        null,
        saidAt ?? Noon.AddMinutes(id),
        id,
        change == 0 ? id : change,
        status,
        null,
        direction == MessageDirection.In ? null : "Ravi",
        null,
        null,
        null);

    public static ThreadHead Head(SendDecision? reply = null, DateTimeOffset? windowClosesAt = null, SendDecision? template = null) => new(
        1,
        1,
        new ContactView(3, "Asha", "Asha V", "asha", "+91••••••••10", true, Noon, null, false, null, false, false),
        "Chai & Co.",
        "+91 98765 43210",
        ConversationState.Open,
        null,
        null,
        true,
        1,
        windowClosesAt ?? Noon.AddHours(24),
        reply ?? new Allowed(),
        template ?? new Allowed());

    public static ThreadView View(IEnumerable<ThreadMessage> messages, bool hasOlder = false, long changeSequence = 0) =>
        new(Head(), [.. messages], hasOlder, new DraftView(Guid.NewGuid(), ""), changeSequence);

    public static ThreadChanges Changes(long sequence, params ThreadMessage[] messages) => new(Head(), messages, sequence);
}
