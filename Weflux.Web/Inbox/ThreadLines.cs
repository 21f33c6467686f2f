using Weflux.Domain.Conversations;
using Weflux.Web.Inbox.Bubbles;

namespace Weflux.Web.Inbox;

/// <summary>A message with what stands above it.</summary>
/// <param name="Message">The message.</param>
/// <param name="Day">The day in words, if the message is the first of it.</param>
/// <param name="StartsGroup">Whether it begins a run of bubbles by the same person within a few minutes.</param>
public readonly record struct ThreadLine(ThreadMessage Message, string? Day, bool StartsGroup);

/// <summary>Puts messages under their days and into runs.</summary>
public static class ThreadLines
{
    private static readonly TimeSpan Run = TimeSpan.FromMinutes(10);

    public static IEnumerable<ThreadLine> Of(IReadOnlyList<ThreadMessage> messages, ScreenClock clock, DateTimeOffset now)
    {
        ThreadMessage? before = null;
        foreach (var message in messages)
        {
            var isNewDay = before is null || clock.DayOf(before.SaidAt) != clock.DayOf(message.SaidAt);
            yield return new ThreadLine(
                message, isNewDay ? clock.Day(message.SaidAt, now) : null, isNewDay || !Continues(before!, message));
            before = message;
        }
    }

    /// <summary>
    /// The reactions that need no line of their own, because they stand under the message they are about: those that a
    /// later one of the same person took the place of, and ours, unless they did not arrive.
    /// </summary>
    public static IReadOnlySet<long> HiddenReactions(ThreadWindow window)
    {
        var hidden = new HashSet<long>();
        var latest = new HashSet<(string, MessageDirection, string?)>();
        foreach (var message in window.Messages.Reverse())
        {
            if (message.Content is ReactionContent reaction && window.Find(reaction.MessageId) is not null)
            {
                var isSuperseded = !latest.Add((reaction.MessageId, message.Direction, message.Participant));
                var arrived = message.Direction == MessageDirection.Out && message.Status is not (DeliveryStatus.Failed or DeliveryStatus.NotConfirmed);
                if (isSuperseded || arrived)
                {
                    hidden.Add(message.Id);
                }
            }
        }

        return hidden;
    }

    private static bool Continues(ThreadMessage before, ThreadMessage message) =>
        before.Direction == message.Direction
        && before.Origin == message.Origin
        && string.Equals(before.AuthorName, message.AuthorName, StringComparison.Ordinal)
        && string.Equals(before.Participant, message.Participant, StringComparison.Ordinal)
        && !EventLine.Tells(before.Content)
        && message.SaidAt - before.SaidAt < Run;

    /// <summary>The WhatsApp id of the message that a line tells of; null if it tells of none.</summary>
    public static string? TargetOf(MessageContent content) => content switch
    {
        ReactionContent reaction => reaction.MessageId,
        RevokeContent revoke => revoke.OriginalMessageId,
        EditContent edit => edit.OriginalMessageId,
        _ => null,
    };
}
