using Weflux.Domain.Conversations;
using Weflux.Domain.Sending;

namespace Weflux.Web.Replies;

/// <summary>What became of a change to a canned reply.</summary>
public enum ReplyOutcome
{
    Saved,
    NotAllowed,
    NotFound,
    NoShortcut,
    Taken,
    Full,
    Empty,
    TooLong,
    Unclosed,
    UnknownPlace,
    NoQuestion,
    TooManyFiles,
    FileGone,
}

/// <param name="Outcome">Whether it is saved, and if not, why.</param>
/// <param name="Culprit">The place in the text that is wrong; empty if none is.</param>
/// <param name="Id">The reply; null unless saved.</param>
public sealed record ReplyAnswer(ReplyOutcome Outcome, string Culprit = "", long? Id = null);

/// <summary>A canned reply as somebody wants it.</summary>
/// <param name="Id">The one that is changed; null for a new one.</param>
/// <param name="IsShared">Whether everybody can use it.</param>
/// <param name="FileIds">Its files, in their order.</param>
public sealed record ReplyDraft(long? Id, string Shortcut, string Text, bool IsShared, IReadOnlyList<long> FileIds);

/// <summary>A file of a canned reply, as screens and the composer's script name it.</summary>
public sealed record ReplyFileView(long FileId, MediaKind Kind, string Name, long Size, string MimeType);

/// <summary>Why a change was not made, and what to do.</summary>
internal static class ReplyFaults
{
    public static string? Explain(ReplyAnswer answer, bool isShared) => answer.Outcome switch
    {
        ReplyOutcome.Saved => null,
        ReplyOutcome.NotAllowed => "Only Managers and Admins write replies for everybody. Keep it for yourself, or ask one of them.",
        ReplyOutcome.NotFound => "This reply is gone already.",
        ReplyOutcome.NoShortcut => $"Give it a shortcut of at most {CannedReply.MaxShortcut} letters, digits, hyphens, dots or underscores, without spaces.",
        ReplyOutcome.Taken => isShared ? "Everybody has a reply of that shortcut. Choose another one." : "You have a reply of that shortcut. Choose another one.",
        ReplyOutcome.Full => $"There are {(isShared ? CannedReply.MostShared : CannedReply.MostOwn)} already, which is as many as there can be. Delete one first.",
        ReplyOutcome.Empty => "Write what it says, or add a file.",
        ReplyOutcome.TooLong => $"WhatsApp takes {CannedReply.MaxText:N0} characters. Shorten it, or make two replies of it.",
        ReplyOutcome.Unclosed => "Two braces {{ open and nothing closes them. Write }} behind the place, or take the braces away.",
        ReplyOutcome.UnknownPlace => $"Nothing is known as {{{{{answer.Culprit}}}}}. Choose one of the places below the text, or ask with {{{{?Question}}}}.",
        ReplyOutcome.NoQuestion => $"Write what is asked for between {{{{? and }}}}, in at most {ReplyText.MaxQuestion} characters.",
        ReplyOutcome.TooManyFiles => $"A reply has at most {CannedReply.MostFiles} files.",
        _ => "One of the files is not here any more. Remove it and add it again.",
    };
}
