using System.Globalization;
using Weflux.Domain.Conversations;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Several;

/// <summary>What is said of something that is done with several conversations.</summary>
public static class SeveralWords
{
    private const int Named = 2;

    /// <summary>What came of it: how many, how many not, and why not.</summary>
    /// <param name="wish">What was to be done.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="nameOf">What a conversation is called; null if it is not known.</param>
    public static string Summary(SeveralWish wish, SeveralResult result, Func<long, string?> nameOf)
    {
        if (result.IsTooMany)
        {
            return $"At most {ChangeSeveral.Most} at a time. Nothing was done: choose fewer.";
        }

        List<string> parts = [Done(wish, result.Done.Count == 0 ? "None" : Number(result.Done.Count))];
        if (result.Unchanged.Count > 0)
        {
            parts.Add(Already(wish, result.Unchanged.Count));
        }

        if (result.Refused.Count > 0)
        {
            var reasons = result.Refused.GroupBy(r => r.Outcome).Select(g => Why(wish, g.Key, [.. g.Select(r => nameOf(r.ConversationId) ?? "a conversation")]));
            parts.Add($"{Number(result.Refused.Count)} not: {string.Join("; ", reasons)}");
        }

        if (result.NotBegun.Count > 0)
        {
            parts.Add($"{Number(result.NotBegun.Count)} not begun");
        }

        return string.Join(", ", parts) + (result.IsInterrupted ? ". The database could not be written any more. Try again in a moment." : ".");
    }

    /// <summary>What is being done.</summary>
    public static string Doing(SeveralWish wish) => wish switch
    {
        TakeThem => "Taking",
        AssignThem => "Assigning",
        HandThemBack => "Handing back",
        LabelThem => "Labelling",
        SnoozeThem => "Snoozing",
        CloseThem => "Closing",
        ReopenThem => "Opening",
        _ => "Marking",
    };

    /// <summary>What takes it back, as it does for a single conversation; null if nothing does.</summary>
    /// <param name="wish">What was done.</param>
    /// <param name="count">With how many.</param>
    /// <param name="mayTakeOver">Whether whoever did it may take conversations from others, who would not get them back by it.</param>
    public static SeveralUndo? Undo(SeveralWish wish, int count, bool mayTakeOver)
    {
        var them = count == 1 ? "it" : "them";
        return wish switch
        {
            _ when count == 0 => null,
            CloseThem or SnoozeThem => new($"Open {them} again", new ReopenThem()),
            LabelThem { IsOn: true } label => new("Take the label off again", label with { IsOn = false }),
            LabelThem label => new("Put the label on again", label with { IsOn = true }),
            TakeThem when !mayTakeOver => new($"Hand {them} back", new HandThemBack()),
            _ => null,
        };
    }

    /// <summary>Those whom something was said of: by name if they are few.</summary>
    public static string Who(IReadOnlyList<string> names) => names.Count switch
    {
        1 => names[0],
        Named => $"{names[0]} and {names[1]}",
        _ => $"{string.Join(", ", names.Take(Named))} and {names.Count - Named} more",
    };

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Done(SeveralWish wish, string count) => wish switch
    {
        TakeThem => $"{count} taken",
        AssignThem to => $"{count} assigned to {to.Name}",
        HandThemBack => $"{count} handed back",
        LabelThem { IsOn: true } label => $"{count} labelled “{label.Name}”",
        LabelThem label => $"{count} rid of “{label.Name}”",
        SnoozeThem => $"{count} snoozed",
        CloseThem => $"{count} closed",
        ReopenThem => $"{count} opened again",
        LeaveThemUnanswered => $"{count} marked as needing no reply",
        _ => $"{count} marked as read",
    };

    private static string Already(SeveralWish wish, int count)
    {
        var were = count == 1 ? "1 was" : $"{Number(count)} were";
        return wish switch
        {
            TakeThem => $"{were} yours already",
            AssignThem => $"{were} theirs already",
            HandThemBack => $"{were} nobody's already",
            LabelThem { IsOn: true } => $"{Number(count)} had it already",
            LabelThem => $"{Number(count)} did not have it",
            SnoozeThem => $"{were} snoozed until then already",
            CloseThem => $"{were} closed already",
            ReopenThem => $"{were} open already",
            LeaveThemUnanswered => $"{Number(count)} needed none already",
            _ => $"{Number(count)} had nothing unread",
        };
    }

    private static string Why(SeveralWish wish, WorkOutcome outcome, IReadOnlyList<string> names)
    {
        var (who, isAre) = (Who(names), names.Count == 1 ? "is" : "are");
        return outcome switch
        {
            WorkOutcome.HeldByOther => $"a colleague was faster and holds {who} now",
            WorkOutcome.NotAllowed when wish is SnoozeThem => $"{who} {isAre} closed",
            WorkOutcome.NotAllowed => $"you may not do that with {who}",
            WorkOutcome.Full => $"{who} {(names.Count == 1 ? "has" : "have")} {Label.MostOnOne} labels, and no room for more",
            WorkOutcome.UnknownSubject when wish is AssignThem to => $"{to.Name} is not active here any more",
            WorkOutcome.UnknownSubject when wish is LabelThem => "that label is not there any more",
            WorkOutcome.UnknownSubject => "that reason is not there any more",
            WorkOutcome.Invalid when wish is SnoozeThem => "that time is past or too far ahead",
            WorkOutcome.Invalid => "those words cannot be stored",
            _ => $"{who} {isAre} no longer yours",
        };
    }
}

/// <summary>What takes something back.</summary>
/// <param name="Words">For its button.</param>
/// <param name="Wish">What it does.</param>
public sealed record SeveralUndo(string Words, SeveralWish Wish);
