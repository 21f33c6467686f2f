using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Working;

/// <summary>One line of a thread: a message, or what stands between messages.</summary>
/// <param name="Message">The message; null if it is none.</param>
/// <param name="Item">The note or event; null for a message.</param>
/// <param name="Day">The day in words, if the line is the first of it.</param>
/// <param name="StartsGroup">Whether a message begins a run of bubbles.</param>
public readonly record struct TimelineLine(ThreadMessage? Message, ActivityItem? Item, string? Day, bool StartsGroup);

/// <summary>Puts notes and events between the messages, by the time at which each happened.</summary>
public static class Timeline
{
    public static IEnumerable<TimelineLine> Of(
        ThreadWindow window, IReadOnlyList<ActivityItem> activity, DateTimeOffset? windowClosesAt, ScreenClock clock, DateTimeOffset now)
    {
        ActivityItem[] items = [.. Between(window, activity, windowClosesAt, now)];
        DateOnly? day = null;
        var at = 0;
        var interrupted = false;
        foreach (var (message, _, startsGroup) in ThreadLines.Of(window.Messages, clock, now))
        {
            for (; at < items.Length && items[at].At <= message.SaidAt; at++)
            {
                yield return new TimelineLine(null, items[at], NewDay(items[at].At), StartsGroup: false);
                interrupted = true;
            }

            yield return new TimelineLine(message, null, NewDay(message.SaidAt), startsGroup || interrupted);
            interrupted = false;
        }

        for (; at < items.Length; at++)
        {
            yield return new TimelineLine(null, items[at], NewDay(items[at].At), StartsGroup: false);
        }

        string? NewDay(DateTimeOffset moment)
        {
            var own = clock.DayOf(moment);
            if (own == day)
            {
                return null;
            }

            day = own;
            return clock.Day(moment, now);
        }
    }

    /// <summary>What belongs to the part of the thread that is loaded, with the closings of the window.</summary>
    private static IEnumerable<ActivityItem> Between(
        ThreadWindow window, IReadOnlyList<ActivityItem> activity, DateTimeOffset? windowClosesAt, DateTimeOffset now)
    {
        var start = window is { HasOlder: true, Oldest: { } oldest } ? oldest.SaidAt : DateTimeOffset.MinValue;
        var end = window is { HasNewer: true, Newest: { } newest } ? newest.SaidAt : DateTimeOffset.MaxValue;
        return activity.Where(i => i.At >= start).Concat(Closings(window.Messages, windowClosesAt, now)).Where(i => i.At <= end).OrderBy(i => i.At);
    }

    private static IEnumerable<WindowClosedView> Closings(IReadOnlyList<ThreadMessage> messages, DateTimeOffset? windowClosesAt, DateTimeOffset now)
    {
        DateTimeOffset? closes = null;
        DateTimeOffset? told = null;
        foreach (var message in messages.Where(m => m is { Direction: MessageDirection.In, Origin: MessageOrigin.Customer, Content.OpensWindow: true, Participant: null }))
        {
            if (closes is { } shut && shut <= message.SaidAt)
            {
                told = shut;
                yield return new WindowClosedView(shut);
            }

            closes = new ServiceWindow(message.SaidAt).ClosesAt;
        }

        // The head may be read before a message that is here already: then it knows only a closing that is told.
        if (windowClosesAt is { } last && last <= now && (told is null || last > told) && messages.Count > 0 && last >= messages[0].SaidAt)
        {
            yield return new WindowClosedView(last);
        }
    }
}
