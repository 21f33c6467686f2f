using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox;

/// <summary>What was done to a message after it was said.</summary>
/// <param name="Reactions">The reactions that stand under it, the customer's first.</param>
/// <param name="Latest">What it says now, if it was edited; null if not.</param>
/// <param name="Earlier">What it said before, oldest first.</param>
/// <param name="WithdrawnAt">When whoever said it deleted it; null if not.</param>
public sealed record MessageMarks(
    IReadOnlyList<ReactionMark> Reactions, MessageContent? Latest, IReadOnlyList<EarlierContent> Earlier, DateTimeOffset? WithdrawnAt)
{
    public static MessageMarks None { get; } = new([], null, [], null);

    /// <summary>When it was last edited into something that WhatsApp does not hand over or Weflux does not know; null if it was not. What it said before stays.</summary>
    public DateTimeOffset? EditedUnseenAt { get; init; }

    /// <summary>Reads what was done to a message off those that are about it. Who did not say a message cannot change it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="later">Those about it, in order of time.</param>
    /// <param name="seesNumbers">Whether the reader sees numbers.</param>
    public static MessageMarks Of(Message message, IEnumerable<Message> later, bool seesNumbers)
    {
        var reactions = new Dictionary<(MessageDirection, string?), ReactionMark?>();
        var earlier = new List<EarlierContent>();
        MessageContent? latest = null;
        DateTimeOffset? withdrawnAt = null;
        DateTimeOffset? unseenAt = null;
        foreach (var about in later)
        {
            switch (about.Content)
            {
                case ReactionContent reaction when about.Status != DeliveryStatus.Failed:
                    reactions[(about.Direction, Who(about))] = reaction.Emoji is { } emoji
                        ? new ReactionMark(emoji, about.Direction == MessageDirection.Out, about.Context?.Participant?.Name is { } name ? ContactNames.Show(name, seesNumbers) : null, about.Status)
                        : null;
                    break;
                case EditContent { Content: UnsupportedContent } when message.IsOfSame(about):
                    unseenAt = about.SaidAt;
                    break;
                case EditContent edit when message.IsOfSame(about):
                    unseenAt = null;
                    earlier.Add(new EarlierContent(ContactNames.Show(latest ?? message.Content, seesNumbers), latest is null ? message.SaidAt : earlier[^1].Until, about.SaidAt));
                    latest = ContactNames.Show(edit.Content, seesNumbers);
                    break;
                case RevokeContent when message.IsOfSame(about):
                    withdrawnAt ??= about.SaidAt;
                    break;
            }
        }

        var standing = reactions.Values.OfType<ReactionMark>().OrderBy(r => r.IsOurs).ToList();
        return standing.Count == 0 && latest is null && withdrawnAt is null && unseenAt is null
            ? None
            : new MessageMarks(standing, latest, earlier, withdrawnAt) { EditedUnseenAt = unseenAt };
    }

    private static string? Who(Message message) => message.Context?.Participant is { } person ? person.WhatsAppId ?? person.Name : null;
}

/// <summary>A reaction that stands under a message.</summary>
/// <param name="Who">Who in a group; null for the customer and for us.</param>
/// <param name="Status">How far ours came.</param>
public sealed record ReactionMark(string Emoji, bool IsOurs, string? Who, DeliveryStatus Status);

/// <summary>What a message said for a while.</summary>
public sealed record EarlierContent(MessageContent Content, DateTimeOffset From, DateTimeOffset Until);
