using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Weflux.Tests.Simulator;

public sealed class SendingTests : SimulatorTests
{
    [Fact]
    public async Task A_reply_is_sent_and_delivered_with_the_callback_data()
    {
        await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "hi" });
        using var response = await Simulator.SendAsync(Text("+91 98123 45670", "hello", "attempt-1"));
        var wamid = (await SimulatorHost.JsonAsync(response)).GetProperty("messages")[0].GetProperty("id").GetString();

        var statuses = await Eventually.SeeAsync(() => Receiver.Statuses, 2);

        statuses.Select(status => status.GetProperty("status").GetString()).Should().Equal("sent", "delivered");
        statuses.Should().OnlyContain(status =>
            status.GetProperty("id").GetString() == wamid
            && status.GetProperty("biz_opaque_callback_data").GetString() == "attempt-1"
            && status.GetProperty("recipient_id").GetString() == "919812345670"
            && status.GetProperty("pricing").GetProperty("category").GetString() == "service");
        (await Simulator.ChatAsync("asha"))[^1].GetProperty("biz_opaque_callback_data").GetString().Should().Be("attempt-1");
    }

    [Fact]
    public async Task Nothing_is_delivered_while_the_phone_is_off()
    {
        await Simulator.CustomerSendsAsync("tom", new { type = "text", text = "hi" });
        await SwitchAsync(isOn: false);
        using var response = await Simulator.SendAsync(Text("+4915112345678", "hello"));
        (await Simulator.ChatAsync("tom"))[^1].GetProperty("status").GetString().Should().Be("sent");

        await SwitchAsync(isOn: true);

        var statuses = await Eventually.SeeAsync(() => Receiver.Statuses, 2);
        statuses[1].GetProperty("status").GetString().Should().Be("delivered");
    }

    [Fact]
    public async Task A_visible_chat_reads_what_arrives()
    {
        await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "hi" });
        using var events = await Simulator.Http.GetAsync(
            $"simulator/events?number={SimulatorHost.Number}&customer=asha&viewer=v1", HttpCompletionOption.ResponseHeadersRead);
        await Eventually.SeeAsync(() => ShowAsync("v1"), status => status == HttpStatusCode.NoContent);
        using var response = await Simulator.SendAsync(Text("+919812345670", "hello"));

        var statuses = await Eventually.SeeAsync(() => Receiver.Statuses, 3);

        statuses.Select(status => status.GetProperty("status").GetString()).Should().Equal("sent", "delivered", "read");
        statuses[2].TryGetProperty("pricing", out _).Should().BeFalse();
    }

    [Fact]
    public async Task Free_text_outside_the_window_is_accepted_and_then_fails()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero));
        await using var simulator = await SimulatorHost.StartAsync(Receiver.Address, time: clock);
        await simulator.CustomerSendsAsync("asha", new { type = "text", text = "hi" });
        clock.Advance(TimeSpan.FromHours(24));

        using var response = await simulator.SendAsync(Text("+919812345670", "late", "attempt-2"));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        var failed = (await Eventually.SeeAsync(() => Receiver.Statuses, 1))[0];
        failed.GetProperty("status").GetString().Should().Be("failed");
        failed.GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131047);
        failed.GetProperty("biz_opaque_callback_data").GetString().Should().Be("attempt-2");
    }

    [Fact]
    public async Task Somebody_whose_webhooks_were_posted_by_others_is_answered_as_if_the_window_were_open()
    {
        using var response = await Simulator.SendAsync(Text("+919810000042", "hello"));
        var statuses = await Eventually.SeeAsync(() => Receiver.Statuses, 2);
        statuses.Select(status => status.GetProperty("status").GetString()).Should().Equal("sent", "delivered");
    }

    [Fact]
    public async Task Free_text_to_one_of_the_pretend_people_who_never_wrote_fails()
    {
        using var response = await Simulator.SendAsync(Text("+919812345670", "hello"));
        (await Eventually.SeeAsync(() => Receiver.Statuses, 1))[0].GetProperty("errors")[0].GetProperty("code").GetInt32().Should().Be(131047);
    }

    [Fact]
    public async Task A_number_dialled_with_the_ninth_digit_finds_the_old_brazilian_account()
    {
        using var response = await Simulator.SendAsync(Text("+5511987654321", "oi"));

        var contact = (await SimulatorHost.JsonAsync(response)).GetProperty("contacts")[0];
        contact.GetProperty("input").GetString().Should().Be("+5511987654321");
        contact.GetProperty("wa_id").GetString().Should().Be("551187654321");
    }

    [Fact]
    public async Task A_wrong_token_is_error_190()
    {
        using var stranger = new HttpRequestMessage(HttpMethod.Post, new Uri(Simulator.Graph.BaseAddress!, $"{SimulatorHost.Number}/messages"))
        {
            Content = JsonContent.Create(Text("+919812345670", "hi")),
        };
        stranger.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        using var response = await Simulator.Http.SendAsync(stranger);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        var error = (await SimulatorHost.JsonAsync(response)).GetProperty("error");
        error.GetProperty("code").GetInt32().Should().Be(190);
        error.GetProperty("type").GetString().Should().Be("OAuthException");
        error.GetProperty("fbtrace_id").GetString().Should().NotBeNullOrEmpty();
    }

    [Fact]
    public async Task An_unknown_number_is_error_100_with_subcode_33()
    {
        using var response = await Simulator.Graph.PostAsJsonAsync("999999999999/messages", Text("+919812345670", "hi"));

        var error = await ErrorAsync(response, 100);
        error.GetProperty("error_subcode").GetInt32().Should().Be(33);
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("too long", 100)]
    public async Task Text_must_have_1_to_4096_characters(string text, int code)
    {
        var body = text.Length == 0 ? text : new string('x', 4097);
        using var response = await Simulator.SendAsync(Text("+919812345670", body));

        var error = await ErrorAsync(response, code);
        error.GetProperty("message").GetString().Should().StartWith("(#100) ");
        error.GetProperty("error_data").GetProperty("messaging_product").GetString().Should().Be("whatsapp");
    }

    [Fact]
    public async Task A_template_that_does_not_exist_in_the_language_is_error_132001()
    {
        using var response = await Simulator.SendAsync(Template("order_update", "fr"));

        await ErrorAsync(response, 132001);
    }

    [Fact]
    public async Task A_template_with_too_few_values_is_error_132000()
    {
        using var response = await Simulator.SendAsync(Template("order_update", "en_US", "Asha"));

        var error = await ErrorAsync(response, 132000);
        error.GetProperty("error_data").GetProperty("details").GetString().Should().Contain("(1)").And.Contain("(3)");
    }

    [Fact]
    public async Task A_named_template_without_names_is_error_132012()
    {
        using var response = await Simulator.SendAsync(Template("visit_reminder", "en", "Tom", "Friday"));

        await ErrorAsync(response, 132012);
    }

    [Fact]
    public async Task A_paused_template_is_error_132015()
    {
        using var response = await Simulator.SendAsync(Template("weekend_sale", "en_US", "Tom"));

        await ErrorAsync(response, 132015);
    }

    [Fact]
    public async Task A_template_reaches_a_customer_who_never_wrote_and_is_shown_filled_in()
    {
        using var response = await Simulator.SendAsync(Template("tyohar_offer", "hi", "आशा", "20%", "CHAI20"));

        (await SimulatorHost.JsonAsync(response)).GetProperty("messages")[0].GetProperty("message_status").GetString().Should().Be("accepted");
        await Eventually.SeeAsync(() => Receiver.Statuses, 2);
        var shown = (await Simulator.ChatAsync("asha"))[^1].GetProperty("shown");
        shown.GetProperty("body").GetString().Should().Contain("आशा").And.Contain("CHAI20");
        shown.GetProperty("buttons").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task Every_send_is_in_the_ledger_with_its_answer()
    {
        using var refused = await Simulator.SendAsync(Text("+919812345670", ""));
        using var accepted = await Simulator.SendAsync(Text("+919812345670", "hi"));

        var entries = (await Simulator.GetAsync("simulator/api/ledger")).GetProperty("data");
        entries.EnumerateArray().Select(entry => entry.GetProperty("status").GetInt32()).Should().Equal(400, 200);
        entries[0].GetProperty("error_code").GetInt32().Should().Be(100);
        entries[1].GetProperty("wamid").GetString().Should().StartWith("wamid.");
        var after = entries[0].GetProperty("sequence").GetInt64();
        (await Simulator.GetAsync($"simulator/api/ledger?after={after}")).GetProperty("data").GetArrayLength().Should().Be(1);
    }

    private static object Text(string to, string body, string? callback = null) => new
    {
        messaging_product = "whatsapp",
        recipient_type = "individual",
        to,
        type = "text",
        text = new { body },
        biz_opaque_callback_data = callback,
    };

    private static object Template(string name, string code, params string[] values) => new
    {
        messaging_product = "whatsapp",
        to = "+919812345670",
        type = "template",
        template = new
        {
            name,
            language = new { code },
            components = new[] { new { type = "body", parameters = values.Select(text => new { type = "text", text }) } },
        },
    };

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response, int code)
    {
        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        var error = (await SimulatorHost.JsonAsync(response)).GetProperty("error");
        error.GetProperty("code").GetInt32().Should().Be(code);
        error.GetProperty("fbtrace_id").GetString().Should().NotBeNullOrEmpty();
        return error;
    }

    private async Task SwitchAsync(bool isOn)
    {
        using var response = await Simulator.Http.PostAsJsonAsync($"simulator/api/numbers/{SimulatorHost.Number}/customers/tom/phone", new { on = isOn });
        response.EnsureSuccessStatusCode();
    }

    private async Task<HttpStatusCode> ShowAsync(string viewer)
    {
        using var response = await Simulator.Http.PostAsJsonAsync($"simulator/viewers/{viewer}", new { visible = true });
        return response.StatusCode;
    }
}
