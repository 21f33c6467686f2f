using System.Collections.Frozen;
using System.Globalization;
using static Weflux.Domain.Sending.FaultRemedy;
using static Weflux.Domain.Sending.PlatformErrorClass;

namespace Weflux.Domain.Sending;

/// <summary>The one table from a code to what it means, in words for the person who sent the message, and what to do.</summary>
/// <remarks>Platform rule: Cloud API, "Error codes". Subcodes, titles and HTTP statuses say nothing reliable and are not looked at.</remarks>
internal static class PlatformErrorTable
{
    private const string Token = "WhatsApp does not accept this number's access token any more. An admin must enter a new one.";
    private const string Permission = "The Meta app lost a permission. An admin must grant it again.";
    private const string Payment = "WhatsApp did not send it because of a problem with the business's payment method. Tell an admin.";
    private const string Busy = "WhatsApp is overloaded or under maintenance.";

    private static readonly FrozenDictionary<int, PlatformError> Rows = new Dictionary<int, PlatformError>
    {
        [OwnFaults.WindowClosed] = new(Final, "The 24-hour window closed before the message could leave. Send a template instead.", PickTemplate),
        [OwnFaults.OptedOut] = new(Final, "The customer asked for silence before the message could leave.", LeaveIt),
        [OwnFaults.Restricted] = new(Final, "The customer was blocked or restricted before the message could leave.", AskAdmin),
        [OwnFaults.ConnectionNotReady] = new(Final, "This number could not send when it was the message's turn. An admin must check the connection.", FixNumber),
        [OwnFaults.NoAddress] = new(Final, "Neither a phone number nor a user id of this customer is known, so there is nowhere to send it.", LeaveIt),
        [OwnFaults.NotSendable] = new(Final, "The message could not be sent as it was.", Rewrite),
        [OwnFaults.NotReached] = new(Final, "WhatsApp could not be reached for a long time, so the message did not leave. Send it again.", RetryNow),
        [OwnFaults.TokenUnreadable] = new(Final, "The access token of this number cannot be read any more, so the message did not leave. An admin must enter it again.", FixNumber),
        [OwnFaults.NumberPaused] = new(Final, "An admin paused this number before the message could leave. Send it again when the number is resumed.", RetryLater),
        [OwnFaults.NumberDisconnected] = new(Final, "This number was disconnected before the message could leave. It can be sent again when the number is connected again.", FixNumber),
        [OwnFaults.GaveUp] = new(Final, "WhatsApp refused the message for the moment again and again. Try again later.", RetryLater),
        [OwnFaults.FileMissing] = new(Final, "The file of this message is not there any more, so it did not leave. Attach it again.", ReplaceFile),
        [OwnFaults.FileNotTaken] = new(Final, "WhatsApp did not take the file, so the message did not leave. Check its type and size.", ReplaceFile),
        [OwnFaults.FileUnreadable] = new(Final, "The file of this message could not be read on this server, so it did not leave. Tell whoever runs Weflux.", AskAdmin),
        [OwnFaults.TemplateDeleted] = new(Final, "The template was deleted before the message could leave. Choose another one.", PickTemplate),
        [OwnFaults.TemplatePaused] = new(Final, "WhatsApp paused the template before the message could leave. Choose another one, or send it again when the pause is over.", PickTemplate),
        [OwnFaults.TemplateDisabled] = new(Final, "WhatsApp disabled the template before the message could leave. Choose another one.", PickTemplate),
        [OwnFaults.TemplateRejected] = new(Final, "WhatsApp rejected the template before the message could leave. Choose another one.", PickTemplate),
        [OwnFaults.TemplateNotApproved] = new(Final, "The template was not approved any more when it was the message's turn. Choose another one, or send it again when WhatsApp approves it.", PickTemplate),
        [OwnFaults.TemplateChanged] = new(Final, "The template was changed before the message could leave, and its values do not fit any more. Choose it again and fill it in.", PickTemplate),
        [OwnFaults.TemplateNowMarketing] = new(Final, "WhatsApp moved the template to marketing before the message could leave, and the customer has not agreed to marketing.", PickTemplate),
        [OwnFaults.AuthorGone] = new(Final, "Whoever scheduled this message may not write in this conversation any more, so it did not leave. A Manager can send it or throw it away.", RetryNow),
        [OwnFaults.ScheduledTooLate] = new(Final, "Weflux could not send this message within six hours of its time, so it did not leave. Send it now if it still makes sense.", RetryNow),
        [OwnFaults.NotConfirmed] = new(Final, "WhatsApp did not confirm it in time. It may have reached the customer.", RetryNow),
        [OwnFaults.UnknownReason] = new(Final, "WhatsApp did not deliver the message and did not say why.", RetryNow),
        [0] = new(ConnectionBroken, Token, FixNumber),
        [1] = new(Final, "WhatsApp had a fault, or did not understand the message. Try again in a while.", RetryLater),
        [2] = new(Temporary, Busy, RetryLater) { Scope = FaultScope.Number },
        [3] = new(ConnectionBroken, "The Meta app may not do this. An admin must check its permissions.", FixNumber),
        [4] = new(Temporary, "The Meta app called WhatsApp too often.", RetryLater) { Scope = FaultScope.App },
        [10] = new(ConnectionBroken, Permission, FixNumber),
        [33] = new(ConnectionBroken, "WhatsApp does not know this number any more. An admin must reconnect it.", FixNumber),
        [100] = new(Final, "WhatsApp refused the message as wrongly put together.", Rewrite),
        [190] = new(ConnectionBroken, Token, FixNumber),
        [368] = new(Final, "WhatsApp has restricted this business account for breaking its policies.", AskAdmin),
        [80007] = new(Temporary, "This WhatsApp account sent too much at once.", RetryLater) { Scope = FaultScope.Account },
        [130403] = new(Final, "You blocked this customer. Unblock first, then send again.", Unblock),
        [130429] = new(Temporary, "This number sent too much at once.", RetryLater) { Scope = FaultScope.Number },
        [130472] = new(Final, "WhatsApp did not deliver this marketing message because of an experiment. Sending it again does not help.", LeaveIt),
        [130497] = new(Final, "This business may not message that country.", LeaveIt),
        [131000] = new(Final, "WhatsApp had a fault and did not say which. Try again later.", RetryLater),
        [131005] = new(ConnectionBroken, "WhatsApp denied access. An admin must check the connection.", FixNumber),
        [131008] = new(Final, "WhatsApp refused the message: something required was missing.", Rewrite),
        [131009] = new(Final, "WhatsApp refused the message: a value was not valid.", Rewrite),
        [131016] = new(Temporary, Busy, RetryLater) { Scope = FaultScope.Number },
        [131021] = new(Final, "A number cannot write to itself.", LeaveIt),
        [131026] = new(Final, "This customer cannot be reached on WhatsApp: not registered, an old app, or terms not accepted.", OtherWay),
        [131030] = new(Final, "This is a test number, and the customer is not on its list of allowed recipients.", AskAdmin),
        [131031] = new(ConnectionBroken, "WhatsApp has locked this business account.", FixNumber),
        [131037] = new(Final, "WhatsApp has not approved the display name of this number yet. An admin must see to it.", AskAdmin),
        [131042] = new(Final, Payment, AskAdmin),
        [131044] = new(Final, Payment, AskAdmin),
        [131045] = new(ConnectionBroken, "This number is not fully registered with WhatsApp. An admin must register it.", FixNumber),
        [131047] = new(Final, "More than 24 hours passed since the customer last wrote. Send a template instead.", PickTemplate),
        [131048] = new(Final, "WhatsApp limits this number because customers reported its messages as spam.", RetryLater) { Wait = TimeSpan.FromHours(4), Scope = FaultScope.Number },
        [131049] = new(Final, "WhatsApp chose not to deliver this marketing message, to spare the customer. Wait at least a day.", RetryLater) { Wait = TimeSpan.FromHours(24) },
        [131050] = new(Final, "The customer stopped marketing messages from you in WhatsApp.", LeaveIt),
        [131051] = new(Final, "WhatsApp does not support this kind of message.", Rewrite),
        [131052] = new(Final, "WhatsApp could not fetch the file.", ReplaceFile),
        [131053] = new(Final, "WhatsApp could not use the file. Check its type and size.", ReplaceFile),
        [131055] = new(Final, "WhatsApp does not allow this message here: the marketing service takes marketing templates only.", PickTemplate),
        [131056] = new(Temporary, "This customer was sent too much in a short time.", RetryLater) { Scope = FaultScope.Customer },
        [131057] = new(Temporary, Busy, RetryLater) { Scope = FaultScope.Number },
        [131061] = new(Final, "This template goes out by WhatsApp's marketing service only.", PickTemplate),
        [131062] = new(Final, "This message needs the customer's phone number, which is hidden.", OtherWay),
        [131063] = new(Final, "Marketing templates of this account go out by WhatsApp's marketing service only.", AskAdmin),
        [131064] = new(Final, "WhatsApp limits this account because templates are in the wrong category. An admin must correct them.", AskAdmin),
        [132000] = new(Final, "The template's values do not match its variables.", PickTemplate),
        [132001] = new(Final, "WhatsApp has no approved template of this name and language.", PickTemplate),
        [132005] = new(Final, "The template became too long with these values.", PickTemplate),
        [132007] = new(Final, "The template's content breaks WhatsApp's policy.", PickTemplate),
        [132008] = new(Final, "A value of the template has the wrong form.", PickTemplate),
        [132012] = new(Final, "A value of the template has the wrong form.", PickTemplate),
        [132015] = new(Final, "The template is paused because of low quality.", PickTemplate),
        [132016] = new(Final, "The template was disabled for good.", PickTemplate),
        [132018] = new(Final, "WhatsApp found a fault in the template.", PickTemplate),
        [132068] = new(Final, "The form of this message is blocked by WhatsApp.", AskAdmin),
        [132069] = new(Final, "WhatsApp limits the form of this message to ten an hour.", RetryLater) { Wait = TimeSpan.FromHours(1) },
        [133004] = new(Final, Busy + " Try again later.", RetryLater),
        [133010] = new(ConnectionBroken, "This number is not registered with WhatsApp. An admin must register it.", FixNumber),
        [134011] = new(Final, "The terms of WhatsApp Payments are not accepted. Tell an admin.", AskAdmin),
        [134100] = new(Final, "WhatsApp's marketing service takes marketing templates only.", PickTemplate),
        [134101] = new(Final, "WhatsApp still makes this template ready. Try again in ten minutes.", RetryLater) { Wait = TimeSpan.FromMinutes(10) },
        [134102] = new(Final, "WhatsApp's marketing service is not there for this account.", AskAdmin),
        [135000] = new(Final, "WhatsApp refused the message as wrongly put together.", Rewrite),
        [137000] = new(Final, "The customer's identity changed at WhatsApp. Confirm with them who they are, then send again.", RetryNow),
        [2494100] = new(Final, "This number is under maintenance at WhatsApp. Try again in a while.", RetryLater),
    }.ToFrozenDictionary();

    /// <summary>The row of a code. One that is not known is final: sending again could double a message.</summary>
    public static PlatformError Of(int code) =>
        Rows.GetValueOrDefault(code)
        ?? ManagementErrorTable.Find(code)
        ?? (code is >= 200 and <= 299
            ? new PlatformError(ConnectionBroken, Permission, FixNumber)
            : new PlatformError(Final, $"WhatsApp refused the message (code {code.ToString(CultureInfo.InvariantCulture)}).", RetryNow));
}
