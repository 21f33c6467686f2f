using Weflux.Domain.Contacts;
using Weflux.Web.Api.Reading;
using Weflux.Web.Contacts;

namespace Weflux.Web.Api.Working;

/// <summary>Reads a decision as programs spell it.</summary>
internal static class ConsentWords
{
    private static readonly string[] Ways = ["website", "shop", "phone", "email", "paper", "other"];

    /// <returns>Null if one of the words is none.</returns>
    public static ConsentRecord? Read(ApiConsentToRecord wish)
    {
        ConsentPurpose? purpose = wish.Purpose switch
        {
            ApiWords.Marketing => ConsentPurpose.Marketing,
            ApiWords.AllMessages => ConsentPurpose.AllMessages,
            _ => null,
        };
        ConsentDecision? decision = wish.Decision switch
        {
            ApiWords.Given => ConsentDecision.Given,
            ApiWords.Stopped => ConsentDecision.Stopped,
            _ => null,
        };
        var way = Array.IndexOf(Ways, wish.Way);
        return purpose is { } what && decision is { } how && way >= 0
            ? new ConsentRecord(what, how, RecordConsent.Ways[way], wish.Words ?? "", wish.On)
            : null;
    }
}
