using Weflux.Domain.Notices;

namespace Weflux.Web.Inbox.Notices;

/// <summary>What notices say.</summary>
public static class NoticeWords
{
    private const string SomeConversation = "a conversation";

    /// <summary>What happened, in one sentence without a full stop.</summary>
    /// <param name="kind">What.</param>
    /// <param name="contact">The customer; null if the reader may not see the conversation any more.</param>
    /// <param name="by">Who did it; null if nobody did.</param>
    /// <param name="count">How many messages it tells of.</param>
    public static string Say(NoticeKind kind, string? contact, string? by, int count)
    {
        var what = contact ?? SomeConversation;
        return kind switch
        {
            NoticeKind.NewMessage or NoticeKind.OthersMessage => $"{Messages(count)} from {what}",
            NoticeKind.Waiting => $"{what} waits, and nobody holds the conversation",
            NoticeKind.Assigned => by is null ? $"{what} was assigned to you" : $"{by} assigned {what} to you",
            NoticeKind.TakenAway => by is null ? $"{Capital(what)} is not yours any more" : $"{by} took {what} from you",
            NoticeKind.Mentioned => $"{by ?? "A colleague"} mentioned you in a note about {what}",
            NoticeKind.HandOverOffered => $"{by ?? "A colleague"} offers you {what}",
            NoticeKind.HandOverAccepted => $"{by ?? "A colleague"} accepted {what}",
            NoticeKind.HandOverReturned => by is null ? $"Nobody accepted {what} in time. It is yours again" : $"{by} did not take {what}. It is yours again",
            NoticeKind.SnoozeOver => $"{Capital(what)} is back from its snooze",
            NoticeKind.CollaboratorAdded => $"{by ?? "A colleague"} asked you to help with {what}",
            _ => Capital(what),
        };
    }

    /// <summary>Messages of the reader's own went wrong.</summary>
    /// <param name="contact">The customer.</param>
    /// <param name="count">How many wait for a decision; 0 if somebody has decided.</param>
    /// <param name="isUncertain">Whether they may have arrived.</param>
    public static string Failed(string contact, int count, bool isUncertain) => (count, isUncertain) switch
    {
        ( <= 1, false) => $"Your message to {contact} was not sent",
        ( <= 1, true) => $"It is not certain that your message to {contact} arrived",
        (_, false) => FormattableString.Invariant($"{count} of your messages to {contact} were not sent"),
        _ => FormattableString.Invariant($"It is not certain that {count} of your messages to {contact} arrived"),
    };

    /// <summary>A window closes.</summary>
    public static string Window(string contact, bool isClosed) => isClosed
        ? $"The window of {contact} closed without an answer"
        : $"The window of {contact} closes soon, and an answer is due";

    /// <summary>Customers wait whom nobody holds.</summary>
    /// <param name="count">How many.</param>
    /// <param name="most">How many are counted; if there are more, it says so.</param>
    public static string Waiting(int count, int most) => count > most
        ? FormattableString.Invariant($"More than {most} conversations wait, and nobody holds them")
        : FormattableString.Invariant($"{count} conversations wait, and nobody holds them");

    /// <summary>Many things at once.</summary>
    public static string Bundle(int count) => count == 1 ? "A conversation waits for you" : FormattableString.Invariant($"{count} conversations wait for you");

    /// <summary>How many messages.</summary>
    public static string Messages(int count) => count == 1 ? "New message" : FormattableString.Invariant($"{count} new messages");

    private static string Capital(string words) => words == SomeConversation ? "A conversation" : words;
}
