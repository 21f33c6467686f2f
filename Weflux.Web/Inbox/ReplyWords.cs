using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox;

/// <summary>What a screen says of a decision: what happened, and what to do.</summary>
/// <param name="Title">What is the case.</param>
/// <param name="Advice">What to do about it; empty if there is nothing.</param>
public sealed record ReplyNotice(string Title, string Advice);

/// <summary>Decisions of the policy in plain words.</summary>
public static class ReplyWords
{
    /// <summary>The words for a decision; null if a reply is simply allowed.</summary>
    public static ReplyNotice? Explain(SendDecision decision, ContactView contact, ScreenClock clock) => decision switch
    {
        Allowed { IsMarked: true } => new(
            $"{contact.Name} asked for silence{On(contact.AllStoppedAt, clock)} and wrote again.",
            "You may answer while the window is open."),
        Allowed => null,
        NeedsTemplate { ClosedAt: null } => new(
            $"{contact.Name} has not written to this number yet.",
            "WhatsApp lets you begin with an approved template."),
        NeedsTemplate => new(
            $"More than 24 hours have passed since {contact.Name} wrote.",
            "WhatsApp now takes only an approved template. When they write again, you can reply freely."),
        OptedOut { Reason: OptOutReason.AllStopped } stopped => new(
            $"{contact.Name} asked for silence{On(stopped.Since, clock)}.",
            "Nothing can be sent, no template either, until they write again."),
        OptedOut { Reason: OptOutReason.MarketingStopped } stopped => new(
            $"{contact.Name} stopped marketing messages{On(stopped.Since, clock)}.",
            "Choose a template that is not marketing."),
        OptedOut => new(
            $"{contact.Name} has not agreed to marketing messages.",
            "Choose a template that is not marketing, or have a manager record the consent."),
        Restricted { IsBlocked: true } => new($"{contact.Name} is blocked.", "A manager can unblock the contact."),
        Restricted => new(
            $"{contact.Name} asked that their data is not used.",
            "Nothing can be sent until an admin lifts the restriction."),
        ConnectionNotReady number => Explain(number.State),
        GroupIsReadOnly => new("This is a group.", "Weflux shows what is said in groups, and cannot answer in them yet."),
        ColleagueAnswered => new("A colleague answered since you began.", "Look at what they said first."),
        NotPermitted => new("You may not reply here.", "Ask a manager to assign the conversation to you."),
        Invalid invalid => InvalidWords.Explain(invalid),
        _ => new("This cannot be sent now.", "Try again in a moment."),
    };

    private static ReplyNotice Explain(ConnectionState state) => state switch
    {
        ConnectionState.Paused => new("This number is paused.", "An admin can resume it. Messages of customers still arrive."),
        ConnectionState.Disconnected => new("This number was disconnected.", "The history stays; an admin can connect it again."),
        ConnectionState.Waiting => new("This number is being connected.", "It can send as soon as the first message has come through it."),
        _ => new("WhatsApp does not accept this number at the moment.", "Tell an admin: the connection needs mending."),
    };

    private static string On(DateTimeOffset? at, ScreenClock clock) => at is { } when ? $" on {clock.Date(when)}" : "";
}
