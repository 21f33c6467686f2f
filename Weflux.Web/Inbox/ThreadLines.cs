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

    private static bool Continues(ThreadMessage before, ThreadMessage message) =>
        before.Direction == message.Direction
        && before.Origin == message.Origin
        && string.Equals(before.AuthorName, message.AuthorName, StringComparison.Ordinal)
        && !EventLine.Tells(before.Content)
        && message.SaidAt - before.SaidAt < Run;

    /// <summary>The WhatsApp id of the message that a line tells of; null if it tells of none.</summary>
    public static string? TargetOf(MessageContent content) => content switch
    {
        ReactionContent reaction => reaction.MessageId,
        RevokeContent revoke => revoke.OriginalMessageId,
        _ => null,
    };
}
