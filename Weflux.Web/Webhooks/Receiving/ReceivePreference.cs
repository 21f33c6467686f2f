using Weflux.Domain.Contacts;
using Weflux.Web.Webhooks.Reading;

namespace Weflux.Web.Webhooks.Receiving;

/// <summary>The customer stopped or resumed marketing in WhatsApp itself.</summary>
internal static class ReceivePreference
{
    public static void Apply(ReceiveContext context, MarketingPreferenceItem item, Contact contact, DateTimeOffset receivedAt)
    {
        var at = item.At is { } said && said < receivedAt ? said : receivedAt;
        var entry = contact.HearMarketingPreference(item.IsStopped, ConsentSource.PlatformPreference, item.Detail, at);
        if (entry is null)
        {
            return;
        }

        context.Db.Add(entry);
        var sequence = context.NextSequence();
        foreach (var conversation in context.ConversationsOf(contact))
        {
            conversation.ShowContact();
            context.Db.Add(conversation.TellConsent(entry, context.Now, sequence));
            context.Touch(conversation);
        }
    }
}
