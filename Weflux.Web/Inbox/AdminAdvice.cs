using Weflux.Domain.Sending;

namespace Weflux.Web.Inbox;

/// <summary>What an Admin does about a fault that nobody else can settle.</summary>
internal static class AdminAdvice
{
    public static string Of(int code) => code switch
    {
        OwnFaults.Restricted => "Look at the customer: a Manager unblocks, an Admin lifts a restriction.",
        OwnFaults.FileUnreadable => "See whether this server can read the folder media of its data directory, then send it again.",
        368 => "Open Account quality in Meta Business Suite, look at the violation, and ask for a review there.",
        131030 => "Add the customer's number to the allowed recipients, in the Meta app under WhatsApp, API setup.",
        131037 => "Open the number in WhatsApp Manager and see what became of its display name.",
        131042 or 131044 => "Mend the payment method of the WhatsApp account, in Meta Business Suite under Billing and payments.",
        131063 or 134102 => "See in WhatsApp Manager whether this account is set up for the marketing service.",
        131064 => "Correct the categories of the templates in WhatsApp Manager.",
        132068 => "Open the form in WhatsApp Manager under Flows: it says there why it is blocked.",
        134011 => "Accept the terms of WhatsApp Payments in WhatsApp Manager.",
        _ when PlatformErrors.Of(code).Remedy == FaultRemedy.FixNumber => "Its page says what is wrong and how to mend it. Then send the message again.",
        _ => "Look at the account in WhatsApp Manager.",
    };
}
