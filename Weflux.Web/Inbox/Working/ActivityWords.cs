using Weflux.Domain.Conversations;

namespace Weflux.Web.Inbox.Working;

/// <summary>What happened to a conversation, as a sentence that also stands by itself for somebody who hears it.</summary>
public static class ActivityWords
{
    public static string Say(ActivityItem item, string customer, ScreenClock clock) => item switch
    {
        WindowClosedView => "The window closed. From here on only a template could be sent",
        NoteView { IsDeleted: true } note => $"{note.Who} deleted a note",
        EventView told => Say(told, customer, clock),
        _ => "",
    };

    private static string Say(EventView told, string customer, ScreenClock clock) => told.Kind switch
    {
        ConversationEventKind.Taken when told.Reason == AssignmentReason.RepliedFirst => $"{Who(told)} took it by replying first",
        ConversationEventKind.Taken => $"{Who(told)} took it",
        ConversationEventKind.HandedBack => $"{Who(told)} handed it back. Nobody holds it",
        ConversationEventKind.Assigned => Assigned(told),
        ConversationEventKind.GivenToTeam => Given(told),
        ConversationEventKind.Released => Released(told, customer),
        >= ConversationEventKind.AskedMember and <= ConversationEventKind.HandOverEnded => HandOver(told, clock),
        ConversationEventKind.Closed => $"{Who(told)} closed it{(told.Words is { } why ? $": {why}" : "")}",
        ConversationEventKind.Reopened => told.By is null ? $"Opened again, because {customer} wrote" : $"{Who(told)} opened it again",
        ConversationEventKind.Snoozed => told.Until is { } until ? $"{Who(told)} snoozed it until {clock.Moment(until)}" : $"{Who(told)} snoozed it",
        ConversationEventKind.SnoozeEnded => "The snooze is over",
        ConversationEventKind.NoReplyNeeded => $"{Who(told)} said that no reply is needed",
        ConversationEventKind.OptedOut => $"{customer} opted out of all messages",
        ConversationEventKind.OptedIn => $"{customer} opted in again",
        ConversationEventKind.MarketingStopped => $"{customer} opted out of marketing",
        ConversationEventKind.MarketingResumed => $"{customer} opted in to marketing",
        ConversationEventKind.LabelAdded => $"{Who(told)} put on the label “{told.Words}”",
        ConversationEventKind.LabelRemoved => $"{Who(told)} took off the label “{told.Words}”",
        ConversationEventKind.ParticipantAdded => told.IsByThemselves ? $"{Who(told)} {(told.IsByMe ? "take" : "takes")} part now" : $"{Who(told)} added {Whom(told)}",
        ConversationEventKind.ParticipantRemoved when told.By is null => $"{Capital(Whom(told))} {(told.IsToMe ? "take" : "takes")} part no more, not being active here",
        ConversationEventKind.ParticipantRemoved => told.IsByThemselves ? $"{Who(told)} left the conversation" : $"{Who(told)} took {Whom(told)} off the conversation",
        _ => "Something happened that this version cannot tell",
    };

    /// <summary>A program, by the name of its key.</summary>
    internal static string Api(string key) => $"API ({key})";

    private static string Assigned(EventView told) => (told.Subject, told.Reason) switch
    {
        (null, AssignmentReason.ColleagueLeft) => "Nobody holds it: whoever held it is not active here any more",
        (null, _) => $"{Who(told)} made it unassigned",
        ({ } to, AssignmentReason.ColleagueLeft) => $"Assigned to {To(told, to)}, because whoever held it is not active here any more",
        ({ } to, AssignmentReason.NextInTurn) => $"Assigned to {To(told, to)} automatically, because it was {(told.IsToMe ? "your" : $"{to}’s")} turn",
        ({ } to, AssignmentReason.FewestOpen) =>
            $"Assigned to {To(told, to)} automatically, because {To(told, to)} had the fewest open conversations{(told.Words is { } load ? $" ({load})" : "")}",
        ({ } to, AssignmentReason.HeldItBefore) => $"Assigned to {To(told, to)} automatically, because {To(told, to)} held it before",
        ({ } to, _) => $"{Who(told)} assigned it to {To(told, to)}{Said(told)}",
    };

    private static string Given(EventView told) => (told.Subject, told.Reason) switch
    {
        (null, AssignmentReason.TeamArchived) => "It belongs to no team any more, because its team was put away",
        (null, _) => $"{Who(told)} took it out of its team{Said(told)}",
        ({ } team, AssignmentReason.ByNumber) => $"Given to the team {team} automatically, because the customer wrote to this number",
        ({ } team, _) => $"{Who(told)} gave it to the team {team}{Said(told)}",
    };

    private static string Released(EventView told, string customer)
    {
        var there = told.Reason == AssignmentReason.WentOffline ? "offline" : "away";
        return told.IsToMe
            ? $"Taken off you, because you are {there} and {customer} waits for an answer. Nobody holds it"
            : $"Taken off {told.Subject}, who is {there}, because {customer} waits for an answer. Nobody holds it";
    }

    private static string HandOver(EventView told, ScreenClock clock)
    {
        var giver = told.IsToMe ? "you" : told.Subject ?? "whoever asked";
        return told.Kind switch
        {
            ConversationEventKind.AskedMember => $"{Who(told)} asked {giver} to take it over{By(told, clock)}{Said(told)}",
            ConversationEventKind.AskedTeam => $"{Who(told)} asked the team {told.Subject} to take it over{By(told, clock)}{Said(told)}",
            ConversationEventKind.HandOverAccepted => $"{Who(told)} took it over from {giver}",
            ConversationEventKind.HandOverDeclined => $"{Who(told)} declined to take it over. It stays with {giver}",
            ConversationEventKind.HandOverWithdrawn => $"{Who(told)} withdrew the request to take it over",
            ConversationEventKind.HandOverLapsed => $"Nobody accepted in time. It stays with {giver}",
            _ => $"Whoever was asked is not here any more. It stays with {giver}",
        };
    }

    private static string By(EventView told, ScreenClock clock) => told.Until is not { } until ? ""
        : clock.DayOf(until) == clock.DayOf(told.At) ? $" by {clock.Time(until)}"
        : $" by {clock.Moment(until)}";

    private static string Said(EventView told) => told.Words is { } words ? $": {words}" : "";

    private static string Who(EventView told) => told.IsByMe ? "You" : told.By ?? "A program";

    private static string Whom(EventView told) => told.IsToMe ? "you" : told.Subject ?? "a former member";

    private static string Capital(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string To(EventView told, string name) => told.IsToMe ? "you" : name;
}
