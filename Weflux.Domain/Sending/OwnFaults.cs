namespace Weflux.Domain.Sending;

/// <summary>Why Weflux itself did not send a message that was waiting. Below zero, so that no code of the platform is ever one of them.</summary>
public static class OwnFaults
{
    /// <summary>The window closed while the message waited.</summary>
    public const int WindowClosed = -1;

    /// <summary>The contact asked for silence while the message waited.</summary>
    public const int OptedOut = -2;

    /// <summary>The contact was blocked or restricted while the message waited.</summary>
    public const int Restricted = -3;

    /// <summary>The number cannot send.</summary>
    public const int ConnectionNotReady = -4;

    /// <summary>The contact has no address on this number.</summary>
    public const int NoAddress = -5;

    /// <summary>The message is not one that can be sent.</summary>
    public const int NotSendable = -6;

    /// <summary>Refused for the moment too often.</summary>
    public const int GaveUp = -7;

    /// <summary>The platform could not be reached too often.</summary>
    public const int NotReached = -8;

    /// <summary>The number's access token cannot be decrypted.</summary>
    public const int TokenUnreadable = -9;

    /// <summary>An admin paused the number while the message waited.</summary>
    public const int NumberPaused = -10;

    /// <summary>An admin disconnected the number while the message waited.</summary>
    public const int NumberDisconnected = -11;

    /// <summary>The file that the message carries is not in the store any more.</summary>
    public const int FileMissing = -20;

    /// <summary>The platform refused the upload of the file without saying why.</summary>
    public const int FileNotTaken = -21;

    /// <summary>The file that the message carries is in the store and could not be read, again and again.</summary>
    public const int FileUnreadable = -22;

    /// <summary>The message's template was deleted while it waited.</summary>
    public const int TemplateDeleted = -30;

    /// <summary>The message's template was paused while it waited.</summary>
    public const int TemplatePaused = -31;

    /// <summary>The message's template was disabled while it waited.</summary>
    public const int TemplateDisabled = -32;

    /// <summary>The message's template was rejected while it waited.</summary>
    public const int TemplateRejected = -33;

    /// <summary>The message's template lost its approval while it waited, such as by an edit that is in review.</summary>
    public const int TemplateNotApproved = -34;

    /// <summary>The message's template has other variables now than when it was filled in.</summary>
    public const int TemplateChanged = -35;

    /// <summary>The message's template became marketing while it waited, which the contact has not agreed to.</summary>
    public const int TemplateNowMarketing = -36;

    /// <summary>Whoever scheduled the message may not write there any more.</summary>
    public const int AuthorGone = -40;

    /// <summary>The scheduled message was due more than <see cref="SchedulePolicy.Patience"/> ago.</summary>
    public const int ScheduledTooLate = -41;

    /// <summary>WhatsApp neither answered nor reported in time: it may have reached the customer.</summary>
    public const int NotConfirmed = -50;

    /// <summary>It failed, and WhatsApp did not say why.</summary>
    public const int UnknownReason = -51;

    /// <summary>The fault that tells a waiting message's author about a decision.</summary>
    /// <exception cref="ArgumentException">The decision is to send.</exception>
    public static Conversations.PlatformFault Of(SendDecision decision) => decision switch
    {
        NeedsTemplate => Fault(WindowClosed),
        Sending.OptedOut => Fault(OwnFaults.OptedOut),
        Sending.Restricted => Fault(OwnFaults.Restricted),
        Sending.ConnectionNotReady { State: ConnectionState.Paused } => Fault(NumberPaused),
        Sending.ConnectionNotReady { State: ConnectionState.Disconnected } => Fault(NumberDisconnected),
        Sending.ConnectionNotReady => Fault(OwnFaults.ConnectionNotReady),
        Allowed => throw new ArgumentException("A message that may be sent has no fault.", nameof(decision)),
        _ => Fault(NotSendable),
    };

    /// <summary>A fault of Weflux's own.</summary>
    public static Conversations.PlatformFault Fault(int code) => new(code, "Not sent by Weflux", null);
}
