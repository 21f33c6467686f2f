using System.Net;
using System.Text.Json;
using Weflux.Tests.Support;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Api;

public sealed class ListTests : IAsyncLifetime
{
    private WefluxHost _host = null!;
    private HttpClient _api = null!;
    private HttpClient _meta = null!;
    private MetaWebhooks _webhooks = null!;

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        _api = _host.NewApiClient();
        _meta = _host.NewClient();
        _webhooks = new MetaWebhooks(_meta);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        _meta.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/v1/messages")]
    [InlineData("/api/v1/conversations")]
    [InlineData("/api/v1/contacts")]
    [InlineData("/api/v1/webhook-deliveries")]
    public async Task Bad_values_are_named(string list)
    {
        foreach (var query in new[]
        {
            "limit=0", "limit=1001", "limit=-1", "limit=ten", "limit=", "limit=1.5", "limit=1&limit=2", "limit=99999999999", "limit=%2010",
            "after=-1", "after=x", "after=", "after=9223372036854775808", "after=1e3", "after=1&after=2", "after=0x10",
        })
        {
            using var answer = await _api.GetAsync($"{list}?{query}");
            answer.StatusCode.Should().Be(HttpStatusCode.BadRequest, query);
            (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain($"'{query[..query.IndexOf('=')]}'");
        }

        (await _api.GetJsonAsync($"{list}?limit=1000&after=9223372036854775807&unknown=1")).GetProperty("data").GetArrayLength().Should().Be(0);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("Pending")]
    [InlineData("")]
    [InlineData("3")]
    public async Task A_state_that_is_none_is_named(string state)
    {
        using var answer = await _api.GetAsync($"/api/v1/webhook-deliveries?state={state}");
        answer.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("'state'");
    }

    [Theory]
    [InlineData("/api/v1/conversations", "contactId")]
    [InlineData("/api/v1/contacts", "name")]
    [InlineData("/api/v1/webhook-deliveries", "id")]
    public async Task Pages_are_the_whole_in_the_order_of_ids(string list, string unique)
    {
        for (var i = 0; i < 12; i++)
        {
            await _webhooks.PostAsync(MetaWebhooks.TextFrom($"wamid.{i}", $"91960000{i:D4}", "hi", Now, $"Name {i}"));
        }

        await _host.SettledAsync();
        foreach (var limit in new[] { 1, 5, 12, 50 })
        {
            var all = await _api.AllAsync(list, limit);
            all.Should().HaveCount(12);
            all.Select(r => r.GetProperty("id").GetInt64()).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
            all.Select(r => r.GetProperty(unique).ToString()).Should().OnlyHaveUniqueItems();
        }
    }

    [Fact]
    public async Task A_conversation_tells_its_window_who_holds_it_and_its_newest_message()
    {
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.1", "919600000001", "first", Now.AddHours(-1)));
        await _webhooks.PostAsync(MetaWebhooks.TextFrom("wamid.2", "919600000001", "second", Now));
        await _host.SettledAsync();
        var stored = (await _host.ConversationsAsync()).Single();

        var listed = (await _api.GetJsonAsync("/api/v1/conversations")).GetProperty("data").EnumerateArray().Single();
        var conversation = await _api.GetJsonAsync($"/api/v1/conversations/{stored.Id}");

        conversation.GetRawText().Should().Be(listed.GetRawText());
        conversation.GetProperty("contactId").GetInt64().Should().Be(stored.ContactId);
        conversation.GetProperty("connectionId").GetInt64().Should().Be(stored.ConnectionId);
        conversation.GetProperty("state").GetString().Should().Be("open");
        conversation.GetProperty("assigneeId").ValueKind.Should().Be(JsonValueKind.Null);
        conversation.GetProperty("needsReply").GetBoolean().Should().BeTrue();
        conversation.GetProperty("inboundCount").GetInt32().Should().Be(2);
        conversation.GetProperty("window").GetProperty("isOpen").GetBoolean().Should().BeTrue();
        conversation.GetProperty("window").GetProperty("closesAt").GetDateTimeOffset().Should().Be(stored.Window.ClosesAt);
        conversation.GetProperty("lastMessageId").GetInt64().Should().Be((await _host.MessagesAsync()).Single(m => m.WhatsAppId == "wamid.2").Id);
        conversation.GetProperty("lastMessageAt").GetDateTimeOffset().Should().Be(stored.LastActivityAt);

        _host.Clock.Advance(TimeSpan.FromHours(25));
        (await _api.GetJsonAsync($"/api/v1/conversations/{stored.Id}")).GetProperty("window").GetProperty("isOpen").GetBoolean().Should().BeFalse();
    }

    [Theory]
    [InlineData("GET", "/api/v1/conversations/999999", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/conversations/0", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/conversations/-1", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/conversations/one", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/conversations/99999999999999999999", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/webhook-deliveries/999999/replay", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v2/messages", HttpStatusCode.NotFound)]
    [InlineData("GET", "/API/V1/nothing", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/messages", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/api/v1/messages", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("POST", "/api/v1/contacts", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("DELETE", "/api/v1/contacts", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/v1/webhook-deliveries/1/replay", HttpStatusCode.MethodNotAllowed)]
    public async Task What_is_not_there_is_a_problem_and_never_a_page(string method, string address, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var answer = await _api.SendAsync(request);

        answer.StatusCode.Should().Be(expected);
        await answer.ProblemAsync();
        answer.Headers.Location.Should().BeNull();
        if (expected == HttpStatusCode.MethodNotAllowed)
        {
            answer.Content.Headers.Allow.Should().NotBeEmpty();
        }
    }

    [Theory]
    [InlineData("/api/v1/contacts")]
    [InlineData("/api/v1/webhooks/1/replay")]
    public async Task JSON_in_a_charset_that_nobody_knows_is_of_no_type_that_is_taken(string address)
    {
        using var body = new ByteArrayContent("{}"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=klingon");
        using var answer = await _api.PostAsync(address, body);

        answer.StatusCode.Should().Be(HttpStatusCode.UnsupportedMediaType);
        (await answer.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("UTF-8");
    }

    [Fact]
    public async Task A_parked_delivery_is_told_with_its_reason_and_its_replay_applies_it()
    {
        // A number that Weflux does not know yet, beside one that it knows.
        var body = MetaWebhooks.Envelope(
            MetaWebhooks.Value([MetaWebhooks.Contact("919600000002", null, "Asha")], [MetaWebhooks.Text("wamid.good", "919600000002", null, "good", Now)]),
            MetaWebhooks.Value([MetaWebhooks.Contact("919600000002", null, "Asha")], [MetaWebhooks.Text("wamid.parked", "919600000002", null, "parked", Now)], "200000000000777"));
        await _webhooks.PostAsync(body);
        await _host.SettledAsync();
        var parked = (await _api.GetJsonAsync("/api/v1/webhook-deliveries?state=parked")).GetProperty("data").EnumerateArray().Single();
        var id = parked.GetProperty("id").GetInt64();

        parked.EnumerateObject().Select(p => p.Name).Should().Equal(
            "id", "state", "receivedAt", "settledAt", "size", "items", "parked", "nextAttemptAt", "canReplay");
        parked.GetProperty("state").GetString().Should().Be("parked");
        parked.GetProperty("items").GetInt32().Should().Be(2);
        parked.GetProperty("size").GetInt32().Should().BeInRange(body.ToJsonString().Length, body.ToJsonString().Length + 100);
        parked.GetProperty("parked").EnumerateArray().Should().ContainSingle().Which.GetProperty("reason").GetString().Should().Contain("number");
        parked.GetProperty("parked")[0].GetProperty("index").GetInt32().Should().Be(1);
        parked.GetProperty("canReplay").GetBoolean().Should().BeTrue();
        (await _host.MessagesAsync()).Select(m => m.WhatsAppId).Should().Equal("wamid.good");

        await KnowNumberAsync("200000000000777");
        using (var replay = await _api.PostAsync($"/api/v1/webhook-deliveries/{id}/replay", null))
        {
            replay.StatusCode.Should().Be(HttpStatusCode.Accepted);
            var answer = JsonDocument.Parse(await replay.Content.ReadAsStringAsync()).RootElement;
            answer.GetProperty("id").GetInt64().Should().Be(id);
        }

        await _host.SettledAsync();
        (await _host.MessagesAsync()).Select(m => m.WhatsAppId).Should().Equal("wamid.good", "wamid.parked");
        var done = (await _api.GetJsonAsync("/api/v1/webhook-deliveries?state=done")).GetProperty("data").EnumerateArray().Single();
        done.GetProperty("id").GetInt64().Should().Be(id);
        done.GetProperty("items").GetInt32().Should().Be(2);
        done.GetProperty("parked").GetArrayLength().Should().Be(0);

        using var again = await _api.PostAsync($"/api/v1/webhook-deliveries/{id}/replay", null);
        again.StatusCode.Should().Be(HttpStatusCode.Conflict);
        (await again.ProblemAsync()).GetProperty("detail").GetString().Should().Contain("done");
    }

    [Fact]
    public async Task Another_workspaces_delivery_is_not_replayed()
    {
        await _webhooks.PostAsync("nonsense"u8.ToArray());
        var delivery = (await _host.SettledAsync()).Single();
        delivery.State.Should().Be(WebhookDeliveryState.Parked);
        using var stranger = _host.NewApiClient(ApiCalls.OtherDemoKey);

        using var answer = await stranger.PostAsync($"/api/v1/webhook-deliveries/{delivery.Id}/replay", null);

        answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await _host.DeliveriesAsync()).Single().State.Should().Be(WebhookDeliveryState.Parked);
        (await stranger.GetJsonAsync("/api/v1/webhook-deliveries")).GetProperty("data").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task No_answer_is_kept_on_the_way_and_each_carries_the_security_headers()
    {
        foreach (var address in new[] { "/api/v1/messages", "/api/v1/nothing", "/api/v1/openapi.json" })
        {
            using var answer = await _api.GetAsync(address);
            answer.Headers.CacheControl!.NoStore.Should().BeTrue();
            answer.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
            answer.Headers.GetValues("Content-Security-Policy").Should().ContainSingle();
            answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
            answer.Headers.Contains("Set-Cookie").Should().BeFalse();
        }
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_problem_that_tells_nothing_of_the_inside()
    {
        await using var broken = await WefluxHost.StartAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await broken.Services.GetRequiredDatabase().WriteForSystemAsync(
            db => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "ALTER TABLE \"Messages\" RENAME TO \"Gone\""),
            CancellationToken.None);
        using var client = broken.NewApiClient();

        using var answer = await client.GetAsync("/api/v1/messages");

        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
        (await answer.ProblemAsync()).GetRawText().Should().NotContain("SQLite").And.NotContain("Messages").And.NotContain("at Weflux");
    }

    private Task KnowNumberAsync(string number) => _host.Services.GetRequiredDatabase().WriteForSystemAsync(
        db => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlAsync(
            db.Database, $"UPDATE \"Connections\" SET \"PhoneNumberId\" = {number} WHERE \"PhoneNumberId\" = {MetaWebhooks.Number}"),
        CancellationToken.None);
}

internal static class ServiceShortcuts
{
    public static Weflux.Web.Data.WefluxDatabase GetRequiredDatabase(this IServiceProvider services) =>
        (Weflux.Web.Data.WefluxDatabase)services.GetService(typeof(Weflux.Web.Data.WefluxDatabase))!;
}
