using Weflux.Domain.Sending;

namespace Weflux.Web.Failures;

/// <summary>Why messages may not leave now, for several customers at once.</summary>
internal static class RefusalWords
{
    public static string Of(SendDecision decision) => decision switch
    {
        NeedsTemplate => "More than 24 hours have passed since the customer wrote. Choose a template.",
        OptedOut { Reason: OptOutReason.AllStopped } => "The customer asked for silence.",
        OptedOut => "The customer does not want marketing messages.",
        Restricted { IsBlocked: true } => "The customer is blocked. A Manager can unblock.",
        Restricted => "The customer asked that their data is not used.",
        ConnectionNotReady => "The number cannot send now. An Admin sees why under Settings, Numbers.",
        ColleagueAnswered => "A colleague has answered since.",
        NotPermitted => "You may not reply there.",
        GroupIsReadOnly => "Weflux cannot answer in groups yet.",
        _ => "The message cannot be sent as it is any more. Open the conversation and write it anew.",
    };
}
