using System.Net.Http.Json;
using System.Text.Json;

namespace Weflux.Tests.Simulator;

public sealed class WebhookTests : SimulatorTests
{
    [Fact]
    public async Task A_message_of_the_customer_arrives_signed_over_bytes_that_escape_everything_beyond_ascii()
    {
        const string Text = "Olá, नमस्ते 🙏 https://chai.example \"quoted\"";
        var wamid = await Simulator.CustomerSendsAsync("asha", new { type = "text", text = Text });

        var message = (await Eventually.SeeAsync(() => Receiver.Messages, 1))[0];

        var webhook = Receiver.Received[0];
        webhook.IsSigned.Should().BeTrue();
        webhook.Body.Should().MatchRegex("^[\x20-\x7e]+$");
        webhook.Body.Should().Contain(@"Ol\u00e1").And.Contain(@"\ud83d\ude4f").And.Contain(@"https:\/\/chai.example");
        message.GetProperty("id").GetString().Should().Be(wamid).And.StartWith("wamid.");
        message.GetProperty("text").GetProperty("body").GetString().Should().Be(Text);
        message.GetProperty("timestamp").ValueKind.Should().Be(JsonValueKind.String);
    }

    [Fact]
    public async Task A_customer_with_a_phone_is_named_by_number_and_by_user_id()
    {
        var asha = await Simulator.CustomerAsync("asha");
        await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "hello" });

        var message = (await Eventually.SeeAsync(() => Receiver.Messages, 1))[0];

        var contact = Receiver.Received[0].Value.GetProperty("contacts")[0];
        contact.GetProperty("wa_id").GetString().Should().Be(asha.GetProperty("wa_id").GetString());
        contact.GetProperty("user_id").GetString().Should().StartWith("IN.");
        message.GetProperty("from").GetString().Should().Be(asha.GetProperty("wa_id").GetString());
        message.GetProperty("from_user_id").GetString().Should().Be(asha.GetProperty("user_id").GetString());
        Receiver.Received[0].Value.GetProperty("metadata").GetProperty("phone_number_id").GetString().Should().Be(SimulatorHost.Number);
    }

    [Fact]
    public async Task A_customer_without_a_phone_has_no_number_anywhere()
    {
        await Simulator.CustomerSendsAsync("maria", new { type = "text", text = "hola" });
        var message = (await Eventually.SeeAsync(() => Receiver.Messages, 1))[0];
        var userId = message.GetProperty("from_user_id").GetString();
        using var response = await Simulator.SendAsync(new
        {
            messaging_product = "whatsapp",
            recipient = userId,
            type = "text",
            text = new { body = "hola Maria" },
        });
        var statuses = await Eventually.SeeAsync(() => Receiver.Statuses, 2);

        message.TryGetProperty("from", out _).Should().BeFalse();
        var contact = Receiver.Received[0].Value.GetProperty("contacts")[0];
        contact.TryGetProperty("wa_id", out _).Should().BeFalse();
        contact.GetProperty("profile").GetProperty("username").GetString().Should().Be("maria.lozano");
        var answered = (await SimulatorHost.JsonAsync(response)).GetProperty("contacts")[0];
        answered.GetProperty("user_id").GetString().Should().Be(userId);
        answered.TryGetProperty("wa_id", out _).Should().BeFalse();
        statuses.Select(status => status.TryGetProperty("recipient_id", out _)).Should().AllBeEquivalentTo(false);
        statuses[1].GetProperty("recipient_user_id").GetString().Should().Be(userId);
    }

    [Fact]
    public async Task A_webhook_that_is_not_answered_with_200_comes_again_and_the_order_is_kept()
    {
        Receiver.Refusals = 1;
        var first = await Simulator.CustomerSendsAsync("tom", new { type = "text", text = "one" });
        var second = await Simulator.CustomerSendsAsync("tom", new { type = "text", text = "two" });

        var messages = await Eventually.SeeAsync(() => Receiver.Messages, 2);

        messages.Select(message => message.GetProperty("id").GetString()).Should().Equal(first, second);
        Receiver.Received[0].Answer.Should().Be(503);
        Receiver.Received[1].Body.Should().Be(Receiver.Received[0].Body);
    }

    [Fact]
    public async Task The_customers_bubble_has_a_tick_once_accepted_and_is_blue_once_read()
    {
        var wamid = await Simulator.CustomerSendsAsync("tom", new { type = "text", text = "hi" });
        await Eventually.SeeAsync(() => Simulator.ChatAsync("tom"), chat => chat[0].GetProperty("status").GetString() == "sent");

        using var response = await Simulator.SendAsync(new
        {
            messaging_product = "whatsapp",
            status = "read",
            message_id = wamid,
            typing_indicator = new { type = "text" },
        });

        (await SimulatorHost.JsonAsync(response)).GetProperty("success").GetBoolean().Should().BeTrue();
        (await Simulator.ChatAsync("tom"))[0].GetProperty("status").GetString().Should().Be("read");
    }

    [Fact]
    public async Task A_raw_item_is_merged_into_the_message()
    {
        var wamid = await Simulator.CustomerSendsAsync("asha", new
        {
            raw = new { id = "wamid.MINE", type = "order", order = new { catalog_id = "1", text = "" } },
        });

        var message = (await Eventually.SeeAsync(() => Receiver.Messages, 1))[0];

        wamid.Should().Be("wamid.MINE");
        message.GetProperty("type").GetString().Should().Be("order");
        message.GetProperty("from_user_id").GetString().Should().StartWith("IN.");
    }

    [Fact]
    public async Task A_value_can_be_posted_as_a_signed_webhook_of_any_field()
    {
        using var response = await Simulator.Http.PostAsJsonAsync($"simulator/api/numbers/{SimulatorHost.Number}/webhooks", new
        {
            field = "account_alerts",
            value = new { entity_type = "BUSINESS" },
        });

        (await SimulatorHost.JsonAsync(response)).GetProperty("status").GetInt32().Should().Be(200);
        Receiver.Received.Should().ContainSingle(webhook => webhook.IsSigned && webhook.Body.Contains("account_alerts"));
    }

    [Fact]
    public async Task A_form_cannot_write()
    {
        using var form = new FormUrlEncodedContent([new("type", "text")]);
        using var response = await Simulator.Http.PostAsync($"simulator/api/numbers/{SimulatorHost.Number}/customers/asha/messages", form);

        response.StatusCode.Should().Be(System.Net.HttpStatusCode.UnsupportedMediaType);
    }
}
