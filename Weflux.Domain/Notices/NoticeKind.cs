namespace Weflux.Domain.Notices;

/// <summary>What somebody is told of.</summary>
public enum NoticeKind
{
    /// <summary>A customer wrote in a conversation that the person holds.</summary>
    NewMessage = 1,

    /// <summary>A customer waits and nobody holds the conversation. Told to everybody who may take it.</summary>
    Waiting = 2,

    /// <summary>A conversation came to the person.</summary>
    Assigned = 3,

    /// <summary>A conversation that the person held went to somebody else, or to nobody.</summary>
    TakenAway = 4,

    /// <summary>A note mentions the person.</summary>
    Mentioned = 5,

    /// <summary>A colleague offers the person a conversation.</summary>
    HandOverOffered = 6,

    /// <summary>What the person offered was accepted.</summary>
    HandOverAccepted = 7,

    /// <summary>What the person offered came back: it was declined, or nobody answered in time.</summary>
    HandOverReturned = 8,

    /// <summary>A message that the person wrote failed, or it is not certain that it arrived.</summary>
    MessageFailed = 9,

    /// <summary>The customer waits in a conversation that the person holds, and soon only a template can reach them.</summary>
    WindowClosing = 10,

    /// <summary>The snooze of a conversation is over.</summary>
    SnoozeOver = 11,

    /// <summary>Somebody asked the person to help with a conversation.</summary>
    CollaboratorAdded = 12,

    /// <summary>A customer wrote in a conversation that a colleague holds. Only for the moment: it is not kept.</summary>
    OthersMessage = 13,
}

/// <summary>How somebody is told.</summary>
[Flags]
public enum NoticeWays
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>In the list behind the bell.</summary>
    Bell = 1,

    /// <summary>By a notice of the browser, also while another program is in front.</summary>
    Browser = 2,

    /// <summary>By a sound.</summary>
    Sound = 4,
}
