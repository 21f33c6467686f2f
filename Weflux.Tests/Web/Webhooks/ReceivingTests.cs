using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Contacts;
using Weflux.Domain.Conversations;
using Weflux.Tests.Support;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>What was acknowledged is applied: once, alone, in the order of the customer, and after a restart.</summary>
public sealed class ReceivingTests : WebhookWorld
{
    [Fact]
    public async Task Ten_equal_deliveries_at_once_make_one_message()
    {
        var body = MetaWebhooks.TextFrom("wamid.same", "919100000001", "hello", Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Webhooks.PostAsync(body)));

        answers.Should().AllBeEquivalentTo(HttpStatusCode.OK);
        (await Host.SettledAsync()).Should().HaveCount(10).And.OnlyContain(d => d.State == WebhookDeliveryState.Done);
        (await Host.MessagesAsync()).Should().ContainSingle();
        (await Host.ConversationsAsync()).Single().InboundCount.Should().Be(1);
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
            (await Task.WhenAll(chunk.Select(Webhooks.PostAsync))).Should().AllBeEquivalentTo(HttpStatusCode.OK);
        }

        await Host.SettledAsync();
        var contacts = (await Host.ContactsAsync()).ToDictionary(c => c.Id);
        var conversations = (await Host.ConversationsAsync()).ToDictionary(c => c.Id);
        var messages = await Host.MessagesAsync();
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

        (await Webhooks.PostAsync(MetaWebhooks.Envelope([.. values]))).Should().Be(HttpStatusCode.OK);

        (await Host.SettledAsync()).Single().State.Should().Be(WebhookDeliveryState.Done);
        var contacts = (await Host.ContactsAsync()).ToDictionary(c => c.Id);
        var conversations = (await Host.ConversationsAsync()).ToDictionary(c => c.Id);
        (await Host.MessagesAsync()).Should().HaveCount(1000).And.OnlyContain(m =>
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

        await Webhooks.PostAsync(MetaWebhooks.Envelope(value));

        var delivery = (await Host.SettledAsync()).Single();
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        delivery.ParkedItems.Should().Equal(
            new ParkedItem(1, "The message has no usable id."),
            new ParkedItem(2, "The message does not say who sent it."),
            new ParkedItem(3, "The message has no usable id."));
        (await Host.MessagesAsync()).Select(m => m.WhatsAppId).Should().Equal("wamid.ok1", "wamid.ok2");

        var replay = Host.Services.GetRequiredService<ReplayDelivery>();
        (await replay.ExecuteAsync(await Host.ActorAsync("agent@demo.test"), delivery.Id)).Should().BeFalse("only admins replay");
        (await replay.ExecuteAsync(await Host.ActorAsync("admin@demo-two.test", "demo-two"), delivery.Id)).Should().BeFalse("it is another workspace's");
        (await replay.ExecuteAsync(await Host.ActorAsync("admin@demo.test"), delivery.Id)).Should().BeTrue();
        var again = (await Host.SettledAsync()).Single();
        again.State.Should().Be(WebhookDeliveryState.Parked);
        again.ReplayItems.Should().Equal(1, 2, 3);
        (await Host.MessagesAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task What_came_for_a_number_that_was_not_connected_yet_is_applied_by_a_replay()
    {
        var now = Now;
        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("919100000004", null, "A")], [MetaWebhooks.Text("wamid.early", "919100000004", null, "hi", now)], "200000000000777")));
        var delivery = (await Host.SettledAsync()).Single();
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        await Host.ReadAsync(async db => await db.Set<Weflux.Web.Connections.Connection>().ExecuteUpdateAsync(
            set => set.SetProperty(c => c.PhoneNumberId, "200000000000777")));

        await Host.Services.GetRequiredService<ReplayDelivery>().ExecuteAsync(await Host.ActorAsync("admin@demo.test"), delivery.Id);

        (await Host.SettledAsync()).Single().State.Should().Be(WebhookDeliveryState.Done);
        (await Host.MessagesAsync()).Should().ContainSingle(m => m.WhatsAppId == "wamid.early");
    }

    [Fact]
    public async Task Messages_out_of_order_stand_in_the_customers_order_and_do_not_shrink_the_window()
    {
        var now = Now;
        await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.second", "919100000005", "second", now));
        await Webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.first", "919100000005", "first", now.AddMinutes(-5)));

        await Host.SettledAsync();
        var conversation = (await Host.ConversationsAsync()).Single();
        conversation.LastLine.Should().Be("second");
        conversation.Window.ClosesAt.Should().BeCloseTo(now.AddHours(24), TimeSpan.FromSeconds(1));
        (await Host.MessagesAsync()).OrderBy(m => m.SaidAt).Select(m => m.Content.Text).Should().Equal("first", "second");
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

        await Webhooks.PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact("919100000006", null, "A")], [hologram, newer, plain])));

        (await Host.SettledAsync()).Single().State.Should().Be(WebhookDeliveryState.Done);
        var messages = (await Host.MessagesAsync()).ToDictionary(m => m.WhatsAppId!);
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

        await Webhooks.PostAsync(body);
        await Webhooks.PostAsync(body);

        (await Host.SettledAsync()).Should().HaveCount(2).And.OnlyContain(d => d.State == WebhookDeliveryState.Done);
        var stored = await Host.ReadAsync(db => db.Set<StoredEvent>().SingleAsync());
        stored.Field.Should().Be("message_template_status_update");
        System.Text.Encoding.UTF8.GetString(stored.Payload).Should().NotContain("APPROVED", "payloads are encrypted");
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
