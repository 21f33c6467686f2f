using System.Collections.Frozen;

namespace Weflux.Domain.Sending;

/// <summary>What an error of the platform means for the message.</summary>
public enum PlatformErrorClass
{
    /// <summary>Certainly refused, for the moment: the machine may try again after a wait.</summary>
    Temporary = 1,

    /// <summary>Certainly refused; trying again unchanged is no use.</summary>
    Final = 2,

    /// <summary>The connection itself is refused; an admin must mend it.</summary>
    ConnectionBroken = 3,
}

/// <summary>What the platform's error codes mean, in words for the person who sent the message.</summary>
/// <remarks>Platform rule: Cloud API, "Error codes". Only the temporary codes may be sent again by the machine.</remarks>
public static class PlatformErrors
{
    private static readonly FrozenSet<int> TemporaryCodes = FrozenSet.Create(2, 4, 80007, 130429, 131016, 131056, 131057);

    private static readonly FrozenSet<int> BrokenCodes = FrozenSet.Create(0, 3, 10, 33, 190, 131005, 131031, 131045, 133010);

    /// <summary>What the code means for the message. A code that is not known is final: sending again could double a message.</summary>
    public static PlatformErrorClass Classify(int code) =>
        TemporaryCodes.Contains(code) ? PlatformErrorClass.Temporary
        : BrokenCodes.Contains(code) || code is >= 200 and <= 299 ? PlatformErrorClass.ConnectionBroken
        : PlatformErrorClass.Final;

    /// <summary>The code in one plain sentence.</summary>
    public static string Explain(int code) => code switch
    {
        OwnFaults.WindowClosed => "The 24-hour window closed before the message could leave. Send a template instead.",
        OwnFaults.OptedOut => "The customer asked for silence before the message could leave.",
        OwnFaults.Restricted => "The customer was blocked or restricted before the message could leave.",
        OwnFaults.ConnectionNotReady => "This number could not send when it was the message's turn. An admin must check the connection.",
        OwnFaults.NoAddress => "Neither a phone number nor a user id of this customer is known, so there is nowhere to send it.",
        OwnFaults.NotSendable => "The message could not be sent as it was.",
        OwnFaults.NotReached => "WhatsApp could not be reached for a long time, so the message did not leave. Send it again.",
        OwnFaults.TokenUnreadable => "The access token of this number cannot be read any more, so the message did not leave. An admin must enter it again.",
        OwnFaults.NumberPaused => "An admin paused this number before the message could leave. Send it again when the number is resumed.",
        OwnFaults.NumberDisconnected => "This number was disconnected before the message could leave. It can be sent again when the number is connected again.",
        OwnFaults.GaveUp => "WhatsApp refused the message for the moment again and again. Try again later.",
        OwnFaults.FileMissing => "The file of this message is not there any more, so it did not leave. Attach it again.",
        OwnFaults.FileUnreadable => "The file of this message could not be read on this server, so it did not leave. Tell whoever runs Weflux.",
        OwnFaults.FileNotTaken => "WhatsApp did not take the file, so the message did not leave. Check its type and size.",
        OwnFaults.TemplateDeleted => "The template was deleted before the message could leave. Choose another one.",
        OwnFaults.TemplatePaused => "WhatsApp paused the template before the message could leave. Choose another one, or send it again when the pause is over.",
        OwnFaults.TemplateDisabled => "WhatsApp disabled the template before the message could leave. Choose another one.",
        OwnFaults.TemplateRejected => "WhatsApp rejected the template before the message could leave. Choose another one.",
        OwnFaults.TemplateNotApproved => "The template was not approved any more when it was the message's turn. Choose another one, or send it again when WhatsApp approves it.",
        OwnFaults.TemplateChanged => "The template was changed before the message could leave, and its values do not fit any more. Choose it again and fill it in.",
        OwnFaults.TemplateNowMarketing => "WhatsApp moved the template to marketing before the message could leave, and the customer has not agreed to marketing.",
        OwnFaults.AuthorGone => "Whoever scheduled this message may not write in this conversation any more, so it did not leave. A Manager can send it or throw it away.",
        OwnFaults.ScheduledTooLate => "Weflux could not send this message within six hours of its time, so it did not leave. Send it now if it still makes sense.",
        0 => "WhatsApp does not accept this number's access token any more. An admin must enter a new one.",
        3 => "The Meta app may not do this. An admin must check its permissions.",
        10 => "The Meta app lost a permission. An admin must grant it again.",
        33 => "WhatsApp does not know this number any more. An admin must reconnect it.",
        100 => "WhatsApp refused the message as wrongly put together.",
        190 => "WhatsApp does not accept this number's access token any more. An admin must enter a new one.",
        >= 200 and <= 299 => "The Meta app lost a permission. An admin must grant it again.",
        368 => "WhatsApp has restricted this business account for breaking its policies.",
        130403 => "You blocked this customer. Unblock first, then send again.",
        130472 => "WhatsApp did not deliver this marketing message because of an experiment. Sending it again does not help.",
        130497 => "This business may not message that country.",
        131000 => "WhatsApp had a fault and did not say which. Try again later.",
        131005 => "WhatsApp denied access. An admin must check the connection.",
        131008 => "WhatsApp refused the message: something required was missing.",
        131009 => "WhatsApp refused the message: a value was not valid.",
        131021 => "A number cannot write to itself.",
        131026 => "This customer cannot be reached on WhatsApp: not registered, an old app, or terms not accepted.",
        131030 => "This is a test number, and the customer is not on its list of allowed recipients.",
        131031 => "WhatsApp has locked this business account.",
        131042 => "WhatsApp did not send it because of a problem with the business's payment method. Tell an admin.",
        131045 => "This number is not fully registered with WhatsApp. An admin must register it.",
        131047 => "More than 24 hours passed since the customer last wrote. Send a template instead.",
        131048 => "WhatsApp limits this number because customers reported its messages as spam.",
        131049 => "WhatsApp chose not to deliver this marketing message, to spare the customer. Wait at least a day.",
        131050 => "The customer stopped marketing messages from you in WhatsApp.",
        131051 => "WhatsApp does not support this kind of message.",
        131053 => "WhatsApp could not use the file. Check its type and size.",
        131062 => "This message needs the customer's phone number, which is hidden.",
        132000 => "The template's values do not match its variables.",
        132001 => "WhatsApp has no approved template of this name and language.",
        132005 => "The template became too long with these values.",
        132007 => "The template's content breaks WhatsApp's policy.",
        132012 => "A value of the template has the wrong form.",
        132015 => "The template is paused because of low quality.",
        132016 => "The template was disabled for good.",
        133010 => "This number is not registered with WhatsApp. An admin must register it.",
        _ => $"WhatsApp refused the message (code {code.ToString(System.Globalization.CultureInfo.InvariantCulture)}).",
    };
}

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
