using Weflux.Domain.Notices;

namespace Weflux.Web.Account.Profile;

/// <summary>What kinds of notices are called where people choose among them.</summary>
internal static class NoticeNames
{
    /// <summary>When somebody is told of it.</summary>
    public static string Of(NoticeKind kind) => kind switch
    {
        NoticeKind.NewMessage => "A customer writes in a conversation that I hold or take part in",
        NoticeKind.OthersMessage => "A customer writes in a conversation that a colleague holds",
        NoticeKind.Waiting => "A customer waits and nobody holds the conversation",
        NoticeKind.Assigned => "A conversation is assigned to me",
        NoticeKind.TakenAway => "A conversation is taken from me",
        NoticeKind.Mentioned => "A note mentions me",
        NoticeKind.HandOverOffered => "A colleague offers me a conversation",
        NoticeKind.HandOverAccepted => "A colleague answers what I offered",
        NoticeKind.CollaboratorAdded => "A colleague asks me to help",
        NoticeKind.MessageFailed => "My message failed or may not have arrived",
        NoticeKind.WindowClosing => "A window closes soon and my answer is due",
        NoticeKind.SnoozeOver => "A snooze is over",
        _ => "",
    };
}
