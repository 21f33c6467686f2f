using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Contacts;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

public sealed class ReceivingTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private HttpClient _client = null!;
    private MetaWebhooks _webhooks = null!;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _client = _host.NewClient();
        _webhooks = new MetaWebhooks(_client);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Ten_equal_deliveries_at_once_make_one_message()
    {
        var body = MetaWebhooks.TextFrom("wamid.same", "919100000001", "hello", Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _webhooks.PostAsync(body)));

        answers.Should().AllBeEquivalentTo(HttpStatusCode.OK);
        (await _host.SettledAsync()).Should().HaveCount(10).And.OnlyContain(d => d.State == WebhookDeliveryState.Done);
        (await _host.MessagesAsync()).Should().ContainSingle();
        (await _host.ConversationsAsync()).Single().InboundCount.Should().Be(1);
    }

    [Fact]
    public async Task Hundreds_of_senders_at_once_are_each_filed_under_their_own_contact()
    {
        const int Senders = 400;
        const int PerSender = 3;
        var now = Now;
        var random = new Random(20261122);
        var posts = Enumerable.Range(0, Senders * PerSender)
            .Select(i => (Sender: i % Senders, Nth: i / Senders)).OrderBy(_ => random.Next())
            .Select(p => MetaWebhooks.TextFrom($"wamid.{p.Sender}.{p.Nth}", Phone(p.Sender), $"from {p.Sender}", now.AddSeconds(p.Nth), $"Name {p.Sender}"))
            .Chunk(40);
        foreach (var chunk in posts)
        {
            (await Task.WhenAll(chunk.Select(_webhooks.PostAsync))).Should().AllBeEquivalentTo(HttpStatusCode.OK);
        }

        await _host.SettledAsync();
        var contacts = (await _host.ContactsAsync()).ToDictionary(c => c.Id);
        var conversations = (await _host.ConversationsAsync()).ToDictionary(c => c.Id);
        var messages = await _host.MessagesAsync();
        contacts.Should().HaveCount(Senders);
        messages.Should().HaveCount(Senders * PerSender);
        messages.Should().AllSatisfy(m =>
        {
            var sender = m.WhatsAppId!.Split('.')[1];
            var contact = contacts[conversations[m.ConversationId].ContactId];
            (m.Content.Text, contact.ProfileName, contact.PhoneDigits).Should().Be(
                ($"from {sender}", $"Name {sender}", Phone(int.Parse(sender, System.Globalization.CultureInfo.InvariantCulture))));
        });

        static string Phone(int sender) => $"9198{sender:D8}";
    }

    [Fact]
    public async Task A_batch_of_a_thousand_updates_in_several_entries_matches_people_by_their_ids_not_by_their_place()
    {
        var now = Now;
        var values = Enumerable.Range(0, 4).Select(entry =>
        {
            var senders = Enumerable.Range(entry * 250, 250).ToList();
            return MetaWebhooks.Value(
                new JsonArray([.. Enumerable.Reverse(senders).Select(s => (JsonNode)MetaWebhooks.Contact($"9197{s:D8}", $"IN.{s}", $"Name {s}"))]),
                new JsonArray([.. senders.Select(s => (JsonNode)MetaWebhooks.Text($"wamid.batch.{s}", $"9197{s:D8}", $"IN.{s}", $"from {s}", now))]));
        });

        (await _webhooks.PostAsync(MetaWebhooks.Envelope([.. values]))).Should().Be(HttpStatusCode.OK);

        (await _host.SettledAsync()).Single().State.Should().Be(WebhookDeliveryState.Done);
        var contacts = (await _host.ContactsAsync()).ToDictionary(c => c.Id);
        var conversations = (await _host.ConversationsAsync()).ToDictionary(c => c.Id);
        (await _host.MessagesAsync()).Should().HaveCount(1000).And.OnlyContain(m =>
            contacts[conversations[m.ConversationId].ContactId].ProfileName == "Name " + m.WhatsAppId!.Split('.', 3)[2]);
    }

    [Fact]
    public async Task Broken_items_are_parked_alone_with_a_reason_and_a_replay_runs_only_them()
    {
        var now = Now;
        var value = MetaWebhooks.Value(
            [MetaWebhooks.Contact("919100000002", null, "A"), MetaWebhooks.Contact("919100000003", null, "B")],
            [
                MetaWebhooks.Text("wamid.ok1", "919100000002", null, "one", now),
                new JsonObject { ["type"] = "text", ["from"] = "919100000002" },
                MetaWebhooks.Text("wamid.nobody", null, null, "who?", now),
                "not an object",
                MetaWebhooks.Text("wamid.ok2", "919100000003", null, "two", now),
            ]);

        await _webhooks.PostAsync(MetaWebhooks.Envelope(value));

        var delivery = (await _host.SettledAsync()).Single();
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        delivery.ParkedItems.Should().Equal(
            new ParkedItem(1, "The message has no usable id."),
            new ParkedItem(2, "The message does not say who sent it."),
            new ParkedItem(3, "The message has no usable id."));
        (await _host.MessagesAsync()).Select(m => m.WhatsAppId).Should().Equal("wamid.ok1", "wamid.ok2");

        var replay = _host.Services.GetRequiredService<ReplayDelivery>();
        (await replay.ExecuteAsync(await _host.ActorAsync("agent@demo.test"), delivery.Id)).Should().BeFalse("only admins replay");
        (await replay.ExecuteAsync(await _host.ActorAsync("admin@demo-two.test", "demo-two"), delivery.Id)).Should().BeFalse("it is another workspace's");
        (await replay.ExecuteAsync(await _host.ActorAsync("admin@demo.test"), delivery.Id)).Should().BeTrue();
        var again = (await _host.SettledAsync()).Single();
        again.State.Should().Be(WebhookDeliveryState.Parked);
        again.ReplayItems.Should().Equal(1, 2, 3);
        (await _host.MessagesAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task What_came_for_a_number_that_was_not_connected_yet_is_applied_by_a_replay()
    {
        var now = Now;
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("919100000004", null, "A")], [MetaWebhooks.Text("wamid.early", "919100000004", null, "hi", now)], "200000000000777")));
        var delivery = (await _host.SettledAsync()).Single();
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        await _host.ReadAsync(async db => await db.Set<Weflux.Web.Connections.Connection>().ExecuteUpdateAsync(
            set => set.SetProperty(c => c.PhoneNumberId, "200000000000777")));

        await _host.Services.GetRequiredService<ReplayDelivery>().ExecuteAsync(await _host.ActorAsync("admin@demo.test"), delivery.Id);

        (await _host.SettledAsync()).Single().State.Should().Be(WebhookDeliveryState.Done);
        (await _host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.early");
    }

    [Fact]
    public async Task A_customer_without_a_phone_number_is_known_by_the_user_id()
    {
        var now = Now;
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(null, "GB.77001122334455", "Kim")], [MetaWebhooks.Text("wamid.nophone", null, "GB.77001122334455", "hi", now)])));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900001", "GB.77001122334455", "Kim")],
            [MetaWebhooks.Text("wamid.withphone", "447700900001", "GB.77001122334455", "now with my number", now)])));

        await _host.SettledAsync();
        var contact = (await _host.ContactsAsync()).Single();
        contact.PhoneDigits.Should().Be("447700900001");
        contact.Identities.Should().HaveCount(2);
        (await _host.ConversationsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task When_one_payload_names_two_known_people_it_goes_to_the_user_ids_and_a_merge_is_only_suggested()
    {
        var now = Now;
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(null, "GB.1", "By id")], [MetaWebhooks.Text("wamid.1", null, "GB.1", "hi", now)])));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900002", null, "By number")], [MetaWebhooks.Text("wamid.2", "447700900002", null, "hi", now)])));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900002", "GB.1", "By id")], [MetaWebhooks.Text("wamid.3", "447700900002", "GB.1", "both", now)])));

        await _host.SettledAsync();
        var contacts = await _host.ContactsAsync();
        contacts.Should().HaveCount(2);
        var byId = contacts.Single(c => c.Identities.Any(i => i.Value == "GB.1"));
        var conversation = (await _host.ConversationsAsync()).Single(c => c.ContactId == byId.Id);
        (await _host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.3").ConversationId.Should().Be(conversation.Id);
        var suggestion = await _host.ReadAsync(db => db.Set<MergeSuggestion>().SingleAsync());
        suggestion.ContactId.Should().Be(byId.Id);
        suggestion.OtherContactId.Should().Be(contacts.Single(c => c.Id != byId.Id).Id);
    }

    [Fact]
    public async Task A_number_that_comes_with_another_user_id_belongs_to_another_person_now()
    {
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900003", "GB.1", "First")], [MetaWebhooks.Text("wamid.1", "447700900003", "GB.1", "hi", Now)])));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900003", "GB.2", "Second")], [MetaWebhooks.Text("wamid.2", "447700900003", "GB.2", "hi", Now)])));

        await _host.SettledAsync();
        (await _host.ContactsAsync()).Select(c => c.ProfileName).Should().BeEquivalentTo("First", "Second");
        (await _host.ConversationsAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_customer_whose_number_and_user_id_change_stays_one_person_with_one_thread()
    {
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("447700900004", "GB.1", "Kim")], [MetaWebhooks.Text("wamid.1", "447700900004", "GB.1", "hi", Now)])));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], Notice(
            """{"id":"wamid.2","from":"447700900004","from_user_id":"GB.2","type":"system","system":{"type":"user_changed_number","body":"b","wa_id":"447700900005","user_id":"GB.2","previous_user_id":"GB.1"}}"""))));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value([], Notice(
            """{"id":"wamid.3","type":"system","system":{"type":"user_changed_user_id","body":"b","user_id":"GB.3","previous_user_id":"GB.2"}}"""))));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(null, "GB.3", "Kim")], [MetaWebhooks.Text("wamid.4", null, "GB.3", "still me", Now)])));

        await _host.SettledAsync();
        (await _host.ContactsAsync()).Single().PhoneDigits.Should().Be("447700900005");
        (await _host.ConversationsAsync()).Should().ContainSingle();
        (await _host.MessagesAsync()).Select(m => m.WhatsAppId).Should().BeEquivalentTo("wamid.1", "wamid.2", "wamid.3", "wamid.4");

        static JsonArray Notice(string json) => new(JsonNode.Parse(json));
    }

    [Fact]
    public async Task Old_and_new_forms_of_a_brazilian_mobile_are_one_person()
    {
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("551187654321", null, "Carlos")], [MetaWebhooks.Text("wamid.1", "551187654321", null, "oi", Now)])));
        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("5511987654321", null, "Carlos")], [MetaWebhooks.Text("wamid.2", "5511987654321", null, "oi", Now)])));

        await _host.SettledAsync();
        (await _host.ContactsAsync()).Single().Identities.Should().HaveCount(2);
        (await _host.ConversationsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Messages_out_of_order_stand_in_the_customers_order_and_do_not_shrink_the_window()
    {
        var now = Now;
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.second", "919100000005", "second", now));
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.first", "919100000005", "first", now.AddMinutes(-5)));

        await _host.SettledAsync();
        var conversation = (await _host.ConversationsAsync()).Single();
        conversation.LastLine.Should().Be("second");
        conversation.Window.ClosesAt.Should().BeCloseTo(now.AddHours(24), TimeSpan.FromSeconds(1));
        (await _host.MessagesAsync()).OrderBy(m => m.SaidAt).Select(m => m.Content.Text).Should().Equal("first", "second");
    }

    [Fact]
    public async Task Kinds_and_members_that_nobody_knows_yet_are_kept_as_they_came()
    {
        var hologram = MetaWebhooks.Text("wamid.holo", "919100000006", null, "x", Now);
        hologram["type"] = "hologram";
        hologram["hologram"] = new JsonObject { ["depth"] = 3 };
        var newer = MetaWebhooks.Text("wamid.newer", "919100000006", null, "hello", Now);
        newer["mood"] = "sunny";
        var plain = MetaWebhooks.Text("wamid.plain", "919100000006", null, "plain", Now);

        await _webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("919100000006", null, "A")], [hologram, newer, plain])));

        (await _host.SettledAsync()).Single().State.Should().Be(WebhookDeliveryState.Done);
        var messages = (await _host.MessagesAsync()).ToDictionary(m => m.WhatsAppId!);
        messages["wamid.holo"].Content.Should().BeOfType<UnsupportedContent>().Which.KindName.Should().Be("hologram");
        messages["wamid.holo"].Raw.Should().Contain("\"depth\":3");
        messages["wamid.newer"].Content.Should().Be(new TextContent("hello"));
        messages["wamid.newer"].Raw.Should().Contain("sunny");
        messages["wamid.plain"].Raw.Should().BeNull();
    }

    [Fact]
    public async Task What_has_no_screen_yet_is_stored_once_and_acknowledged()
    {
        var body = new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject
            {
                ["id"] = MetaWebhooks.Waba,
                ["time"] = 1795000000,
                ["changes"] = new JsonArray(new JsonObject
                {
                    ["field"] = "message_template_status_update",
                    ["value"] = new JsonObject { ["event"] = "APPROVED", ["message_template_id"] = 12345678901, ["reason"] = null },
                }),
            }),
        };

        await _webhooks.PostAsync(body);
        await _webhooks.PostAsync(body);

        (await _host.SettledAsync()).Should().HaveCount(2).And.OnlyContain(d => d.State == WebhookDeliveryState.Done);
        var stored = await _host.ReadAsync(db => db.Set<StoredEvent>().SingleAsync());
        stored.Field.Should().Be("message_template_status_update");
        System.Text.Encoding.UTF8.GetString(stored.Payload).Should().NotContain("APPROVED", "payloads are encrypted");
    }

    [Fact]
    public async Task Stop_silences_confirms_once_and_start_lifts_it()
    {
        var now = Now;
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.stop", "919100000007", "Stop!", now));
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.stop", "919100000007", "Stop!", now));
        await _host.SettledAsync();

        (await _host.ContactsAsync()).Single().Consent.IsAllStopped.Should().BeTrue();
        (await _host.MessagesAsync()).Should().ContainSingle(m => m.Origin == MessageOrigin.StopConfirmation);
        (await _host.ConversationsAsync()).Single().NeedsReply.Should().BeFalse("silence was asked for");
        var entry = await _host.ReadAsync(db => db.Set<ConsentEntry>().SingleAsync());
        entry.Evidence.Should().Be("Stop!");
        entry.MessageWhatsAppId.Should().Be("wamid.stop");
        entry.ContactId.Should().Be((await _host.ContactsAsync()).Single().Id);

        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.start", "919100000007", "START", Now));
        await _host.SettledAsync();
        (await _host.ContactsAsync()).Single().Consent.IsAllStopped.Should().BeFalse();
    }

    [Fact]
    public async Task A_marketing_preference_is_recorded_and_only_the_platforms_own_stop_is_resumed()
    {
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.hi", "919100000008", "hi", Now));
        await _webhooks.PostAsync(Preference("stop", Now));
        await _host.SettledAsync();
        (await _host.ContactsAsync()).Single().Consent.IsMarketingStopped.Should().BeTrue();

        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        await _webhooks.PostAsync(Preference("resume", Now));
        await _host.SettledAsync();
        (await _host.ContactsAsync()).Single().Consent.IsMarketingStopped.Should().BeFalse();

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

    [Fact]
    public async Task What_was_acknowledged_before_a_restart_is_applied_after_it()
    {
        await using var idle = await WefluxHost.StartAsync(o => o.Services = services =>
        {
            foreach (var lanes in services.Where(s => s.ServiceType == typeof(Weflux.Web.Lanes.ILaneWork)).ToList())
            {
                services.Remove(lanes);
            }
        });
        using (var client = idle.NewClient())
        {
            (await new MetaWebhooks(client).PostAsync(MetaWebhooks.TextFrom("wamid.before", "919100000009", "hi", Now))).Should().Be(HttpStatusCode.OK);
        }

        (await idle.DeliveriesAsync()).Single().State.Should().Be(WebhookDeliveryState.Pending);
        await idle.StopKeepingDataAsync();

        await using var host = await WefluxHost.StartAsync(o => o.DataDirectory = idle.DataDirectory);
        await host.SettledAsync();
        (await host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.before");
    }
}
