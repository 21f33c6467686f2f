using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Weflux.Domain.Contacts;
using Weflux.Tests.Support;
using Weflux.Web.Contacts;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>Whose a message is, by number and by user id.</summary>
public sealed class SenderTests : WebhookWorld
{
    [Fact]
    public async Task A_customer_without_a_phone_number_is_known_by_the_user_id()
    {
        var now = Now;
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(null, "GB.77001122334455", "Kim")], [MetaWebhooks.Text("wamid.nophone", null, "GB.77001122334455", "hi", now)])));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900001", "GB.77001122334455", "Kim")],
            [MetaWebhooks.Text("wamid.withphone", "447700900001", "GB.77001122334455", "now with my number", now)])));

        await Host.SettledAsync();
        var contact = (await Host.ContactsAsync()).Single();
        contact.PhoneDigits.Should().Be("447700900001");
        contact.Identities.Should().HaveCount(2);
        (await Host.ConversationsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task When_one_payload_names_two_known_people_it_goes_to_the_user_ids_and_a_merge_is_only_suggested()
    {
        var now = Now;
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(null, "GB.1", "By id")], [MetaWebhooks.Text("wamid.1", null, "GB.1", "hi", now)])));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900002", null, "By number")], [MetaWebhooks.Text("wamid.2", "447700900002", null, "hi", now)])));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900002", "GB.1", "By id")], [MetaWebhooks.Text("wamid.3", "447700900002", "GB.1", "both", now)])));

        await Host.SettledAsync();
        var contacts = await Host.ContactsAsync();
        contacts.Should().HaveCount(2);
        var byId = contacts.Single(c => c.Identities.Any(i => i.Value == "GB.1"));
        var conversation = (await Host.ConversationsAsync()).Single(c => c.ContactId == byId.Id);
        (await Host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.3").ConversationId.Should().Be(conversation.Id);
        var suggestion = await Host.ReadAsync(db => db.Set<MergeSuggestion>().SingleAsync());
        suggestion.ContactId.Should().Be(byId.Id);
        suggestion.OtherContactId.Should().Be(contacts.Single(c => c.Id != byId.Id).Id);
    }

    [Fact]
    public async Task A_number_that_comes_with_another_user_id_belongs_to_another_person_now()
    {
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900003", "GB.1", "First")], [MetaWebhooks.Text("wamid.1", "447700900003", "GB.1", "hi", Now)])));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900003", "GB.2", "Second")], [MetaWebhooks.Text("wamid.2", "447700900003", "GB.2", "hi", Now)])));

        await Host.SettledAsync();
        (await Host.ContactsAsync()).Select(c => c.ProfileName).Should().BeEquivalentTo("First", "Second");
        (await Host.ConversationsAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_customer_whose_number_and_user_id_change_stays_one_person_with_one_thread()
    {
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900004", "GB.1", "Kim")], [MetaWebhooks.Text("wamid.1", "447700900004", "GB.1", "hi", Now)])));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], Notice(
            """{"id":"wamid.2","from":"447700900004","from_user_id":"GB.2","type":"system","system":{"type":"user_changed_number","body":"b","wa_id":"447700900005","user_id":"GB.2","previous_user_id":"GB.1"}}"""))));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], Notice(
            """{"id":"wamid.3","type":"system","system":{"type":"user_changed_user_id","body":"b","user_id":"GB.3","previous_user_id":"GB.2"}}"""))));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(null, "GB.3", "Kim")], [MetaWebhooks.Text("wamid.4", null, "GB.3", "still me", Now)])));

        await Host.SettledAsync();
        (await Host.ContactsAsync()).Single().PhoneDigits.Should().Be("447700900005");
        (await Host.ConversationsAsync()).Should().ContainSingle();
        (await Host.MessagesAsync()).Select(m => m.WhatsAppId).Should().BeEquivalentTo("wamid.1", "wamid.2", "wamid.3", "wamid.4");

        static JsonArray Notice(string json) => new(JsonNode.Parse(json));
    }

    [Fact]
    public async Task Old_and_new_forms_of_a_brazilian_mobile_are_one_person()
    {
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("551187654321", null, "Carlos")], [MetaWebhooks.Text("wamid.1", "551187654321", null, "oi", Now)])));
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("5511987654321", null, "Carlos")], [MetaWebhooks.Text("wamid.2", "5511987654321", null, "oi", Now)])));

        await Host.SettledAsync();
        (await Host.ContactsAsync()).Single().Identities.Should().HaveCount(2);
        (await Host.ConversationsAsync()).Should().ContainSingle();
    }
}
