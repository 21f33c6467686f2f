using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Weflux.Tests.Simulator;

/// <summary>What one does in Meta's console and what Meta decides about a number.</summary>
public sealed class AccountTests : SimulatorTests
{
    private const string App = "400000000000001";

    [Theory]
    [InlineData("revoked", 190, 460)]
    [InlineData("expired", 190, 463)]
    public async Task A_token_that_was_taken_away_opens_nothing_and_says_how(string state, int code, int subcode)
    {
        await Simulator.PostAsync("simulator/api/tokens", new { token = SimulatorHost.Token, state });

        foreach (var path in new[] { SimulatorHost.Number, SimulatorHost.Waba, $"debug_token?input_token={SimulatorHost.Token}" })
        {
            using var answer = await Simulator.Graph.GetAsync(path);
            answer.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
            var error = (await SimulatorHost.JsonAsync(answer)).GetProperty("error");
            (error.GetProperty("code").GetInt32(), error.GetProperty("error_subcode").GetInt32()).Should().Be((code, subcode));
        }

        var told = (await DebugAsync(SimulatorHost.Token, WebhookReceiver.AppSecret)).GetProperty("data");
        told.GetProperty("is_valid").GetBoolean().Should().BeFalse();
        told.GetProperty("error").GetProperty("subcode").GetInt32().Should().Be(subcode);

        await Simulator.PostAsync("simulator/api/tokens", new { token = SimulatorHost.Token, state = "valid" });
        (await Simulator.Graph.GetAsync(SimulatorHost.Number)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_without_a_permission_reads_and_does_not_send()
    {
        await Simulator.PostAsync("simulator/api/tokens", new { token = SimulatorHost.Token, state = "under_scoped" });

        (await Simulator.Graph.GetAsync(SimulatorHost.Number)).StatusCode.Should().Be(HttpStatusCode.OK);
        using var answer = await Simulator.SendAsync(new { messaging_product = "whatsapp", to = "+919812345670", type = "text", text = new { body = "hi" } });
        (await SimulatorHost.JsonAsync(answer)).GetProperty("error").GetProperty("code").GetInt32().Should().Be(10);
    }

    [Fact]
    public async Task A_new_token_opens_the_same_numbers()
    {
        using var made = await Simulator.PostAsync($"simulator/api/numbers/{SimulatorHost.Number}/tokens", new { });
        var token = (await SimulatorHost.JsonAsync(made)).GetProperty("text").GetString()!;
        await Simulator.PostAsync("simulator/api/tokens", new { token = SimulatorHost.Token, state = "revoked" });

        Simulator.Graph.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await Simulator.Graph.GetAsync(SimulatorHost.Number)).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_secret_that_was_reset_signs_from_then_on_and_alone_opens_the_app()
    {
        await Simulator.PostAsync($"simulator/api/apps/{App}/secret", new { secret = "reset" });

        await Simulator.CustomerSendsAsync("asha", new { text = "hello" });
        await Eventually.SeeAsync(() => Receiver.Received, 1);
        Receiver.Received[0].IsSigned.Should().BeFalse("the receiver still knows the old secret only");
        (await DebugAsync(SimulatorHost.Token, "reset")).TryGetProperty("data", out _).Should().BeTrue();
        (await DebugAsync(SimulatorHost.Token, WebhookReceiver.AppSecret)).GetProperty("error").GetProperty("code").GetInt32().Should().Be(190);
    }

    [Fact]
    public async Task What_changes_about_a_number_is_read_and_told()
    {
        await Simulator.PostAsync($"simulator/api/numbers/{SimulatorHost.Number}/facts", new { quality_rating = "YELLOW", messaging_limit = "TIER_10K", verified_name = "Chai", name_status = "DECLINED" });

        var told = await Eventually.SeeAsync(() => Receiver.Received, 3);
        told.Select(w => JsonDocument.Parse(w.Body).RootElement.GetProperty("entry")[0]).Should().OnlyContain(e => e.GetProperty("time").GetInt64() > 0);
        told.Select(w => w.Value).Select(v => v.TryGetProperty("event", out var e) ? e.GetString() : v.GetProperty("decision").GetString())
            .Should().Equal("FLAGGED", "UPGRADE", "REJECTED");
        var number = await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Number}?fields=quality_rating,verified_name,whatsapp_business_manager_messaging_limit");
        number.GetProperty("quality_rating").GetString().Should().Be("YELLOW");
        number.GetProperty("whatsapp_business_manager_messaging_limit").GetString().Should().Be("TIER_10K");
    }

    [Fact]
    public async Task An_account_that_is_not_subscribed_sends_nothing()
    {
        (await Simulator.Graph.DeleteAsync($"{SimulatorHost.Waba}/subscribed_apps")).StatusCode.Should().Be(HttpStatusCode.OK);
        await Simulator.CustomerSendsAsync("asha", new { text = "unheard" });
        (await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Waba}/subscribed_apps")).GetProperty("data").GetArrayLength().Should().Be(0);

        await Simulator.Graph.PostAsync($"{SimulatorHost.Waba}/subscribed_apps", content: null);
        await Simulator.CustomerSendsAsync("asha", new { text = "heard" });

        (await Eventually.SeeAsync(() => Receiver.Messages, 1))[0].GetProperty("text").GetProperty("body").GetString().Should().Be("heard");
    }

    [Fact]
    public async Task A_number_is_registered_with_a_pin_of_six_digits()
    {
        (await Simulator.Graph.PostAsJsonAsync($"{SimulatorHost.Number}/deregister", new { })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await StatusAsync()).Should().Be("DISCONNECTED");

        (await Simulator.Graph.PostAsJsonAsync($"{SimulatorHost.Number}/register", new { messaging_product = "whatsapp", pin = "12" })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Simulator.Graph.PostAsJsonAsync($"{SimulatorHost.Number}/register", new { messaging_product = "whatsapp", pin = "123456" })).StatusCode.Should().Be(HttpStatusCode.OK);
        (await StatusAsync()).Should().Be("CONNECTED");
    }

    [Fact]
    public async Task The_business_profile_can_be_changed()
    {
        (await Simulator.Graph.PostAsJsonAsync($"{SimulatorHost.Number}/whatsapp_business_profile", new { about = new string('x', 140) })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        await Simulator.Graph.PostAsJsonAsync($"{SimulatorHost.Number}/whatsapp_business_profile", new { about = "Tea since 1998" });

        var profile = await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Number}/whatsapp_business_profile");
        profile.GetProperty("data")[0].GetProperty("about").GetString().Should().Be("Tea since 1998");
    }

    [Fact]
    public async Task Nonsense_in_the_console_is_refused()
    {
        (await Simulator.PostAsync("simulator/api/tokens", new { token = SimulatorHost.Token, state = "lost" })).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await Simulator.PostAsync("simulator/api/tokens", new { token = "nobody's", state = "revoked" })).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Simulator.PostAsync("simulator/api/apps/1/secret", new { })).StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await Simulator.PostAsync("simulator/api/numbers/1/facts", new { })).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    private async Task<string?> StatusAsync() =>
        (await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Number}?fields=status")).GetProperty("status").GetString();

    private async Task<JsonElement> DebugAsync(string token, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"debug_token?input_token={token}");
        request.Headers.Authorization = new("Bearer", $"{App}|{secret}");
        using var answer = await Simulator.Graph.SendAsync(request);
        return await SimulatorHost.JsonAsync(answer);
    }
}
