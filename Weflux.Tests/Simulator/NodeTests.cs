using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Weflux.Tests.Simulator;

public sealed class NodeTests : SimulatorTests
{
    [Fact]
    public async Task Templates_are_listed_in_pages_that_link_to_the_next()
    {
        var next = $"{SimulatorHost.Waba}/message_templates?limit=3&fields=name,language,status";
        var names = new List<string?>();
        var pages = 0;
        while (next is not null)
        {
            var page = await Simulator.Graph.GetFromJsonAsync<JsonElement>(next);
            names.AddRange(page.GetProperty("data").EnumerateArray()
                .Select(template => template.GetProperty("name").GetString() + "/" + template.GetProperty("language").GetString()));
            page.GetProperty("data")[0].TryGetProperty("components", out _).Should().BeFalse();
            page.GetProperty("data")[0].TryGetProperty("id", out _).Should().BeTrue();
            next = page.GetProperty("paging").TryGetProperty("next", out var link) ? link.GetString() : null;
            pages++;
        }

        pages.Should().Be(3);
        names.Should().OnlyHaveUniqueItems().And.HaveCount(7);
    }

    [Fact]
    public async Task A_broken_cursor_is_error_131059()
    {
        using var response = await Simulator.Graph.GetAsync($"{SimulatorHost.Waba}/message_templates?after=nonsense");

        (await SimulatorHost.JsonAsync(response)).GetProperty("error").GetProperty("code").GetInt32().Should().Be(131059);
    }

    [Fact]
    public async Task A_number_tells_the_fields_that_were_asked_for()
    {
        var number = await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Number}?fields=verified_name,throughput{{level}},health_status");

        number.EnumerateObject().Select(field => field.Name).Should().BeEquivalentTo("verified_name", "throughput", "health_status", "id");
        using var unknown = await Simulator.Graph.GetAsync($"{SimulatorHost.Number}?fields=colour");
        (await SimulatorHost.JsonAsync(unknown)).GetProperty("error").GetProperty("code").GetInt32().Should().Be(100);
    }

    [Fact]
    public async Task The_account_lists_its_numbers_and_its_subscribed_app()
    {
        var numbers = await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Waba}/phone_numbers");
        using var subscribed = await Simulator.Graph.PostAsync($"{SimulatorHost.Waba}/subscribed_apps", content: null);
        var apps = await Simulator.Graph.GetFromJsonAsync<JsonElement>($"{SimulatorHost.Waba}/subscribed_apps");

        numbers.GetProperty("data")[0].GetProperty("id").GetString().Should().Be(SimulatorHost.Number);
        subscribed.StatusCode.Should().Be(HttpStatusCode.OK);
        apps.GetProperty("data")[0].GetProperty("whatsapp_business_api_data").GetProperty("id").GetString().Should().Be("400000000000001");
    }

    [Fact]
    public async Task A_token_can_be_inspected()
    {
        var token = await Simulator.Graph.GetFromJsonAsync<JsonElement>($"debug_token?input_token={SimulatorHost.Token}");

        token.GetProperty("data").GetProperty("is_valid").GetBoolean().Should().BeTrue();
        token.GetProperty("data").GetProperty("granular_scopes")[0].GetProperty("target_ids")[0].GetString().Should().Be(SimulatorHost.Waba);
    }

    [Fact]
    public async Task An_unknown_path_is_error_2500()
    {
        using var response = await Simulator.Graph.GetAsync($"{SimulatorHost.Number}/nonsense");

        (await SimulatorHost.JsonAsync(response)).GetProperty("error").GetProperty("code").GetInt32().Should().Be(2500);
    }

    [Fact]
    public async Task Media_is_uploaded_found_downloaded_with_the_token_and_deleted()
    {
        byte[] bytes = [0x89, 0x50, 0x4e, 0x47];
        using var file = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } };
        using var form = new MultipartFormDataContent { { new StringContent("whatsapp"), "messaging_product" }, { file, "file", "a.png" } };
        using var uploaded = await Simulator.Graph.PostAsync($"{SimulatorHost.Number}/media", form);
        var id = (await SimulatorHost.JsonAsync(uploaded)).GetProperty("id").GetString();
        var found = await Simulator.Graph.GetFromJsonAsync<JsonElement>(id);
        var url = found.GetProperty("url").GetString()!;

        using var withoutToken = await Simulator.Http.GetAsync(url);
        var downloaded = await Simulator.Graph.GetByteArrayAsync(url);
        using var deleted = await Simulator.Graph.DeleteAsync(id);
        using var gone = await Simulator.Graph.GetAsync(id);

        withoutToken.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        downloaded.Should().Equal(bytes);
        deleted.StatusCode.Should().Be(HttpStatusCode.OK);
        gone.StatusCode.Should().Be(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_image_of_a_customer_can_be_fetched_by_its_id()
    {
        await Simulator.CustomerSendsAsync("asha", new { type = "image" });
        var image = (await Eventually.SeeAsync(() => Receiver.Messages, 1))[0].GetProperty("image");

        var found = await Simulator.Graph.GetFromJsonAsync<JsonElement>(image.GetProperty("id").GetString());

        found.GetProperty("mime_type").GetString().Should().Be("image/png");
        Convert.FromHexString(found.GetProperty("sha256").GetString()!).Should().Equal(Convert.FromBase64String(image.GetProperty("sha256").GetString()!));
    }
}
