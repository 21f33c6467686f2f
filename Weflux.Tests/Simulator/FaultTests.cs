using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Weflux.Tests.Simulator;

public sealed class FaultTests : SimulatorTests
{
    [Fact]
    public async Task A_rate_limit_refuses_the_next_calls_and_no_others()
    {
        await Simulator.FaultAsync(new { kind = "rate_limit", code = 130429, next = 2 });

        var answers = new List<(HttpStatusCode, int?)>();
        for (var call = 0; call < 3; call++)
        {
            using var response = await SendAsync($"attempt-{call}");
            answers.Add((response.StatusCode, await CodeAsync(response)));
        }

        answers.Should().Equal((HttpStatusCode.TooManyRequests, 130429), (HttpStatusCode.TooManyRequests, 130429), (HttpStatusCode.OK, null));
        (await LedgerAsync()).Select(entry => entry.Text("fault")).Should().Equal("rate_limit", "rate_limit", null);
        (await FaultsAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(80007)]
    [InlineData(131056)]
    [InlineData(null)]
    public async Task A_server_error_comes_with_a_Graph_body_or_without(int? code)
    {
        await Simulator.FaultAsync(new { kind = "server_error", status = 502, code, next = 1 });

        using var response = await SendAsync("attempt");

        response.StatusCode.Should().Be(HttpStatusCode.BadGateway);
        (await CodeAsync(response)).Should().Be(code);
        (await LedgerAsync()).Single().Text("wamid").Should().BeNull();
    }

    [Fact]
    public async Task A_server_error_can_hide_that_the_message_got_through()
    {
        await Simulator.FaultAsync(new { kind = "server_error", accepted = true, next = 1 });

        using var response = await SendAsync("attempt");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        var statuses = await Eventually.SeeAsync(() => Receiver.Statuses, 2);
        statuses.Should().OnlyContain(status => status.GetProperty("biz_opaque_callback_data").GetString() == "attempt");
        (await LedgerAsync()).Single().Text("wamid").Should().Be(statuses[0].GetProperty("id").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_answers_nothing_and_sends_nothing(bool beforeReading)
    {
        await Simulator.FaultAsync(new { kind = "reset", before_reading = beforeReading, next = 1 });

        var send = async () => { using var response = await SendAsync("attempt"); };

        await send.Should().ThrowAsync<HttpRequestException>();
        var entry = (await LedgerAsync()).Single();
        (entry.Text("fault"), entry.Text("attempt"), entry.TryGetProperty("status", out _)).Should()
            .Be(("reset", beforeReading ? null : "attempt", false));
        (await Simulator.ChatAsync("asha")).Should().NotContain(message => message.Text("biz_opaque_callback_data") == "attempt");
    }

    [Fact]
    public async Task A_cut_answer_belongs_to_a_message_that_was_accepted()
    {
        await Simulator.FaultAsync(new { kind = "cut", next = 1 });

        var send = async () =>
        {
            using var response = await SendAsync("attempt");
            await response.Content.ReadAsStringAsync();
        };

        await send.Should().ThrowAsync<HttpRequestException>();
        (await Eventually.SeeAsync(() => Receiver.Statuses, 2))[0].GetProperty("biz_opaque_callback_data").GetString().Should().Be("attempt");
    }

    [Fact]
    public async Task An_unreadable_answer_belongs_to_a_message_that_was_accepted()
    {
        await Simulator.FaultAsync(new { kind = "garbage", next = 1 });

        using var response = await SendAsync("attempt");

        response.StatusCode.Should().Be(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync()).Should().NotContain("wamid");
        await Eventually.SeeAsync(() => Receiver.Statuses, 2);
    }

    [Fact]
    public async Task A_revoked_token_is_error_190_for_reads_too_when_asked()
    {
        await Simulator.FaultAsync(new { kind = "token_revoked", probability = 1, every_call = true });

        using var read = await Simulator.Graph.GetAsync($"{SimulatorHost.Waba}/message_templates");
        using var sent = await SendAsync("attempt");

        (read.StatusCode, sent.StatusCode).Should().Be((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized));
        (await CodeAsync(sent)).Should().Be(190);
    }

    [Fact]
    public async Task Statuses_can_come_before_the_answer()
    {
        await Simulator.FaultAsync(new { kind = "status_first", next = 1 });

        using var response = await SendAsync("attempt");

        Receiver.Statuses.Select(status => status.GetProperty("status").GetString()).Should().Equal("sent", "delivered");
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(10, true)]
    public async Task A_webhook_can_be_posted_several_times(int copies, bool atOnce)
    {
        await Simulator.FaultAsync(new { kind = "duplicate", copies, at_once = atOnce, next = 1 });

        var wamid = await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "again" });
        await Simulator.CustomerSendsAsync("asha", new { type = "text", text = "once" });

        var messages = await Eventually.SeeAsync(() => Receiver.Messages, copies + 1);
        messages.Count(message => message.GetProperty("id").GetString() == wamid).Should().Be(copies);
    }

    [Fact]
    public async Task The_same_seed_shuffles_webhooks_in_the_same_way()
    {
        var orders = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await Simulator.PostAsync("simulator/api/faults/seed", new { seed = 7 });
            await Simulator.FaultAsync(new { kind = "reorder", next = 1 });
            var before = Receiver.Messages.Count;
            for (var nth = 0; nth < 6; nth++)
            {
                await Simulator.CustomerSendsAsync("asha", new { type = "text", text = $"{nth}" });
            }

            var messages = await Eventually.SeeAsync(() => Receiver.Messages, before + 6);
            orders.Add(string.Concat(messages.Skip(before).Select(message => message.GetProperty("text").GetProperty("body").GetString())));
        }

        // Whoever was slow to gather saw fewer of them wait, and shuffled those.
        orders.Should().OnlyContain(order => order.Order().SequenceEqual("012345"));
    }

    [Fact]
    public async Task A_delay_holds_webhooks_and_answers_back()
    {
        await Simulator.FaultAsync(new { kind = "delay_webhook", milliseconds = 400, next = 1 });
        await Simulator.FaultAsync(new { kind = "delay_answer", milliseconds = 400, next = 1 });
        var begun = TimeProvider.System.GetTimestamp();

        using var response = await SendAsync("attempt");
        await Eventually.SeeAsync(() => Receiver.Statuses, 2);

        TimeProvider.System.GetElapsedTime(begun).Should().BeGreaterThan(TimeSpan.FromMilliseconds(390));
        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_of_one_number_leaves_the_others_alone()
    {
        using var unknown = await Simulator.PostAsync("simulator/api/faults", new { kind = "cut", number = "1", next = 1 });
        await Simulator.FaultAsync(new { kind = "rate_limit", number = SimulatorHost.Number, next = 1 });

        unknown.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var refused = await SendAsync("attempt");
        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        (await CodeAsync(refused)).Should().BeNull();
    }

    [Theory]
    [InlineData("""{ "kind": "cut" }""")]
    [InlineData("""{ "kind": "cut", "next": 1, "probability": 1 }""")]
    [InlineData("""{ "kind": "cut", "probability": 1.5 }""")]
    [InlineData("""{ "kind": "cut", "next": 0 }""")]
    [InlineData("""{ "kind": "flood", "next": 1 }""")]
    [InlineData("""{ "kind": "delay_answer", "next": 1, "milliseconds": -1 }""")]
    [InlineData("""{ "kind": "rate_limit", "next": 1, "status": 200 }""")]
    [InlineData("[]")]
    public async Task A_fault_that_makes_no_sense_is_refused(string fault)
    {
        using var content = new StringContent(fault, System.Text.Encoding.UTF8, "application/json");
        using var response = await Simulator.Http.PostAsync("simulator/api/faults", content);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await FaultsAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Faults_and_the_ledger_survive_a_restart_and_can_be_switched_off()
    {
        var folder = Directory.CreateTempSubdirectory("weflux-simulator-");
        var file = Path.Combine(folder.FullName, "simulator.jsonl");
        await using (var first = await SimulatorHost.StartAsync(Receiver.Address, file))
        {
            await first.FaultAsync(new { kind = "rate_limit", code = 4, next = 3 });
            await first.PostAsync("simulator/api/faults/seed", new { seed = 42 });
            using var refused = await first.SendAsync(Text("attempt-1"));
        }

        await using (var again = await SimulatorHost.StartAsync(Receiver.Address, file))
        {
            var faults = await again.GetAsync("simulator/api/faults");
            faults.GetProperty("seed").GetInt32().Should().Be(42);
            faults.GetProperty("data")[0].GetProperty("next").GetInt32().Should().Be(2);
            var entry = (await again.GetAsync("simulator/api/ledger")).GetProperty("data")[0];
            (entry.Text("attempt"), entry.Text("to"), entry.Text("fault"), entry.GetProperty("status").GetInt32())
                .Should().Be(("attempt-1", "+919812345670", "rate_limit", 429));

            await again.PostAsync("simulator/api/faults/off", new { key = faults.GetProperty("data")[0].Text("key") });
            (await again.GetAsync("simulator/api/faults")).GetProperty("data").GetArrayLength().Should().Be(0);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_page_may_be_framed_by_its_own_site_only()
    {
        using var page = await Simulator.Http.GetAsync("simulator/faults");

        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("frame-ancestors 'self'");
    }

    private static object Text(string attempt) => new
    {
        messaging_product = "whatsapp",
        recipient_type = "individual",
        to = "+919812345670",
        type = "template",
        template = new
        {
            name = "tyohar_offer",
            language = new { code = "hi" },
            components = new[] { new { type = "body", parameters = new[] { "Asha", "20%", "CHAI20" }.Select(text => new { type = "text", text }) } },
        },
        biz_opaque_callback_data = attempt,
    };

    private Task<HttpResponseMessage> SendAsync(string attempt) => Simulator.SendAsync(Text(attempt));

    private async Task<IReadOnlyList<JsonElement>> LedgerAsync() => await ListAsync("simulator/api/ledger");

    private async Task<IReadOnlyList<JsonElement>> FaultsAsync() => await ListAsync("simulator/api/faults");

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path) => [.. (await Simulator.GetAsync(path)).GetProperty("data").EnumerateArray()];

    private static async Task<int?> CodeAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length > 0 && JsonDocument.Parse(text).RootElement.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;
    }
}

internal static class ElementText
{
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) ? member.GetString() : null;
}
