using Weflux.Domain.Sending;

namespace Weflux.Web.Failures;

/// <summary>Why messages may not leave now, for several customers at once.</summary>
internal static class RefusalWords
{
    public static string Of(SendDecision decision) => decision switch
    {
        NeedsTemplate => "more than 24 hours have passed since the customer wrote. Choose a template.",
        OptedOut { Reason: OptOutReason.AllStopped } => "the customer asked for silence.",
        OptedOut => "the customer does not want marketing messages.",
        Restricted { IsBlocked: true } => "the customer is blocked. A Manager can unblock.",
        Restricted => "the customer asked that their data is not used.",
        ConnectionNotReady => "the number cannot send now. An Admin sees why under Settings, Numbers.",
        NotPermitted => "you may not reply there.",
        GroupIsReadOnly => "Weflux cannot answer in groups yet.",
        _ => "the message cannot be sent as it is any more. Open the conversation and write it anew.",
    };
}
