namespace Weflux.Web.Inbox;

/// <summary>What somebody who opens a conversation wants to do in it about one of its messages. It is in the address.</summary>
/// <param name="Kind">One of the constants.</param>
/// <param name="MessageId">The message.</param>
public sealed record ThreadWish(string Kind, long MessageId)
{
    /// <summary>Send a template instead.</summary>
    public const string Template = "template";

    /// <summary>Write it, or its caption, anew.</summary>
    public const string Anew = "anew";

    /// <summary>Send it again at a time.</summary>
    public const string Later = "later";

    /// <summary>Look at the customer.</summary>
    public const string Contact = "contact";

    /// <summary>Look at a message where it stands.</summary>
    public const string Message = "message";

    /// <summary>Look at a note where it stands; the number is the note's.</summary>
    public const string Note = "note";

    /// <summary>Whether it is only to look at a place of the thread.</summary>
    public bool IsPlace => Kind is Message or Note;

    /// <summary>The wish of an address; null for none.</summary>
    public static ThreadWish? Of(string? kind, long? messageId) =>
        kind is Template or Anew or Later or Contact or Message or Note && messageId is { } id ? new ThreadWish(kind, id) : null;
}

/// <summary>What the composer is asked to do once.</summary>
/// <param name="Text">What to put into the box if nothing is typed; null to offer templates.</param>
public sealed record ComposerWish(string? Text);
