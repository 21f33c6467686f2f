using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>What customers want to get, by a word or by a preference.</summary>
public sealed class HeardConsentTests : WebhookWorld
{
    [Fact]
    public async Task Stop_silences_confirms_once_and_start_lifts_it()
    {
        var now = Now;
        await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.stop", "919100000007", "Stop!", now));
        await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.stop", "919100000007", "Stop!", now));
        await Host.SettledAsync();

        (await Host.ContactsAsync()).Single().Consent.IsAllStopped.Should().BeTrue();
        (await Host.MessagesAsync()).Should().ContainSingle(m => m.Origin == MessageOrigin.StopConfirmation);
        (await Host.ConversationsAsync()).Single().NeedsReply.Should().BeFalse("silence was asked for");
        var entry = await Host.ReadAsync(db => db.Set<ConsentEntry>().SingleAsync());
        entry.Evidence.Should().Be("Stop!");
        entry.MessageWhatsAppId.Should().Be("wamid.stop");
        entry.ContactId.Should().Be((await Host.ContactsAsync()).Single().Id);

        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.start", "919100000007", "START", Now));
        await Host.SettledAsync();
        (await Host.ContactsAsync()).Single().Consent.IsAllStopped.Should().BeFalse();
    }

    [Fact]
    public async Task A_marketing_preference_is_recorded_and_only_the_platforms_own_stop_is_resumed()
    {
        await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.hi", "919100000008", "hi", Now));
        await Webhooks.PostAsync(Preference("stop", Now));
        await Host.SettledAsync();
        (await Host.ContactsAsync()).Single().Consent.IsMarketingStopped.Should().BeTrue();

        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        await Webhooks.PostAsync(Preference("resume", Now));
        await Host.SettledAsync();
        (await Host.ContactsAsync()).Single().Consent.IsMarketingStopped.Should().BeFalse();

        static JsonObject Preference(string value, DateTimeOffset at) => new()
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = MetaWebhooks.Waba,
                ["changes"] = new JsonArray(new JsonObject
                {
                    ["field"] = "user_preferences",
                    ["value"] = new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["phone_number_id"] = MetaWebhooks.Number },
                        ["contacts"] = new JsonArray(MetaWebhooks.Contact("919100000008", "IN.919100000008", "A")),
                        ["user_preferences"] = new JsonArray(new JsonObject
                        {
                            ["wa_id"] = "919100000008",
                            ["user_id"] = "IN.919100000008",
                            ["category"] = "marketing_messages",
                            ["value"] = value,
                            ["detail"] = "User requested",
                            ["timestamp"] = at.ToUnixTimeSeconds(),
                        }),
                    },
                }),
            }),
        };
    }
}
