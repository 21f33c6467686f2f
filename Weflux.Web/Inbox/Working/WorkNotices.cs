using System.Globalization;
using Weflux.Domain.Conversations;
using Weflux.Web.Work;

namespace Weflux.Web.Inbox.Working;

/// <summary>Why something was not done with a conversation, in plain words.</summary>
public static class WorkNotices
{
    /// <summary>What its author is told who edits a note that was deleted meanwhile.</summary>
    public static ReplyNotice NoteIsGone { get; } = new("This note is not here any more.", "It was deleted meanwhile. Copy words that you still need into a new one.");

    /// <summary>The words; null if it was done, or was so already.</summary>
    public static ReplyNotice? Explain(WorkOutcome outcome) => outcome switch
    {
        WorkOutcome.Done or WorkOutcome.Unchanged => null,
        WorkOutcome.HeldByOther => new("A colleague was faster and holds it now.", "Ask them to hand it back if you need it."),
        WorkOutcome.NotAllowed => new("You may not do that with this conversation.", "Ask a Manager or an Admin."),
        WorkOutcome.UnknownSubject => new("That choice is not there any more.", "Open the menu again and choose another one."),
        WorkOutcome.Invalid => new("That cannot be done.", "Check the time or the words and try again."),
        WorkOutcome.NotAsked => new("Nobody asks you to take it over any more.", "The time was over, or whoever asked took it back."),
        WorkOutcome.Full => new($"A conversation carries at most {Label.MostOnOne} labels.", "Take one off first."),
        WorkOutcome.TooManyFiles => new($"A note carries at most {Note.MostFiles} files.", "Take some off, or write two notes."),
        WorkOutcome.FileGone => new("A file of this note is not kept any more.", "Remove it and attach it once more."),
        WorkOutcome.TooManyPeople => new($"At most {Participants.Most} colleagues take part in one conversation.", "Take somebody off first."),
        WorkOutcome.TooManyConversations => new(
            $"That colleague takes part in {Participants.MostOfOne.ToString("N0", CultureInfo.InvariantCulture)} conversations, which is as many as anybody can.",
            "Ask them to leave some that are done: the view Taking part lists them."),
        _ => new("This conversation is not yours to see any more.", "A colleague may have taken it."),
    };
}
