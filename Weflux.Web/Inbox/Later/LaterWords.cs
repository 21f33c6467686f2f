using Weflux.Domain.Sending;
using Weflux.Web.Scheduling;

namespace Weflux.Web.Inbox.Later;

/// <summary>What screens say of planning.</summary>
internal static class LaterWords
{
    /// <summary>Why something could not be planned; null if it could.</summary>
    public static ReplyNotice? Explain(ScheduleAnswer answer, ContactView contact, ScreenClock clock) => answer switch
    {
        { Outcome: ScheduleOutcome.Done } => null,
        { Outcome: ScheduleOutcome.TooSoon } => new("This time is past, or less than a minute ahead.", "Choose a later one, or send it now."),
        { Outcome: ScheduleOutcome.TooFar } => new("This is more than 90 days ahead.", "Choose a nearer day."),
        { Outcome: ScheduleOutcome.TooMany } => new(
            $"{SchedulePolicy.MostWaiting} messages wait in this conversation already.", "Send or cancel some of them first."),
        { Outcome: ScheduleOutcome.AlreadySent } => new("This message went out already.", "Look into the conversation."),
        { Outcome: ScheduleOutcome.FallbackRefused, Decision: { } decision } when ReplyWords.Explain(decision, contact, clock) is { } why => why with { Title = $"The template: {why.Title}" },
        { Decision: { } decision } when ReplyWords.Explain(decision, contact, clock) is { } why => why,
        _ => new("This cannot be planned any more.", "It may have gone out or been taken back meanwhile, or your role changed."),
    };

    /// <summary>What a closed or open window means for a message that goes out at a time.</summary>
    public static string Window(DateTimeOffset? closesAt, DateTimeOffset dueAt, DateTimeOffset now, ScreenClock clock) => closesAt switch
    {
        null => "The customer has not written yet, so the window is closed.",
        { } closes when closes > dueAt => $"The window is open until {clock.Ahead(closes, now)}, so it can go out as you typed it.",
        { } closes when closes > now => $"The window closes {clock.Ahead(closes, now)}, before that, unless the customer writes again.",
        _ => "The window is closed, unless the customer writes before then.",
    };
}
