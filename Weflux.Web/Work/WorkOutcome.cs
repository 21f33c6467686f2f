namespace Weflux.Web.Work;

/// <summary>What became of something that a person did with a conversation.</summary>
public enum WorkOutcome
{
    /// <summary>It is done, and everybody who sees the conversation sees it.</summary>
    Done,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>There is no such conversation for this person.</summary>
    NotFound,

    /// <summary>This person sees it and may not do that with it.</summary>
    NotAllowed,

    /// <summary>Somebody else holds it.</summary>
    HeldByOther,

    /// <summary>Nobody active in the workspace, or nothing of it, has that number.</summary>
    UnknownSubject,

    /// <summary>What was asked for makes no sense: a time that is past, words that are too long.</summary>
    Invalid,

    /// <summary>It carries as many as it can.</summary>
    Full,

    /// <summary>Nobody asks this person to take it over, or not any more.</summary>
    NotAsked,

    /// <summary>More files than a note carries.</summary>
    TooManyFiles,

    /// <summary>A file that was to go with it is not there for that: it was swept, or is somebody else's, or stands elsewhere.</summary>
    FileGone,

    /// <summary>As many colleagues take part as can.</summary>
    TooManyPeople,

    /// <summary>That colleague takes part in as many conversations as anybody can.</summary>
    TooManyConversations,
}
