using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Domain.Team;
using Weflux.Tests.Support;
using Weflux.Web.Api;
using Weflux.Web.Api.Reading;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Api;

public sealed class ScopeTests : IAsyncLifetime
{
    private const string Phone = "919612345678";

    // What WhatsApp's ids look like: base64 that spells out the customer's number.
    private static readonly string Wamid = "wamid." + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"\x1d\x05\x01{Phone}\x15\x02"));
    private WefluxHost _host = null!;
    private long _delivery;

    /// <summary>Which scope opens what.</summary>
    private static readonly (string Method, string Address, string Scope, HttpStatusCode Answer)[] Table =
    [
        ("GET", "/api/v1/conversations", "conversations:read", HttpStatusCode.OK),
        ("GET", "/api/v1/conversations/1", "conversations:read", HttpStatusCode.OK),
        ("GET", "/api/v1/messages", "messages:read", HttpStatusCode.OK),
        ("POST", "/api/v1/messages", "messages:send", HttpStatusCode.BadRequest),
        ("GET", "/api/v1/contacts", "contacts:read", HttpStatusCode.OK),
        ("GET", "/api/v1/templates", "templates:read", HttpStatusCode.OK),
        ("GET", "/api/v1/webhook-deliveries", "deliveries:read", HttpStatusCode.OK),

        // What was applied cannot be replayed.
        ("POST", "/api/v1/webhook-deliveries/1/replay", "deliveries:replay", HttpStatusCode.Conflict),

        // There is no file, and none came.
        ("GET", "/api/v1/media/1", "messages:read", HttpStatusCode.NotFound),
        ("GET", "/api/v1/media/1/content", "messages:read", HttpStatusCode.NotFound),
        ("HEAD", "/api/v1/media/1/content", "messages:read", HttpStatusCode.NotFound),
        ("POST", "/api/v1/media", "media:write", HttpStatusCode.UnprocessableEntity),

        // Assigning needs a second scope, and of labels there are none.
        ("POST", "/api/v1/conversations/1/assign", "conversations:write", HttpStatusCode.Forbidden),
        ("POST", "/api/v1/conversations/1/close", "conversations:write", HttpStatusCode.OK),
        ("POST", "/api/v1/conversations/1/reopen", "conversations:write", HttpStatusCode.OK),
        ("POST", "/api/v1/conversations/1/snooze", "conversations:write", HttpStatusCode.BadRequest),
        ("POST", "/api/v1/conversations/1/no-reply-needed", "conversations:write", HttpStatusCode.OK),
        ("PUT", "/api/v1/conversations/1/labels/1", "conversations:write", HttpStatusCode.UnprocessableEntity),
        ("DELETE", "/api/v1/conversations/1/labels/1", "conversations:write", HttpStatusCode.UnprocessableEntity),
        ("POST", "/api/v1/conversations/1/notes", "conversations:write", HttpStatusCode.UnprocessableEntity),
        ("GET", "/api/v1/labels", "conversations:write", HttpStatusCode.OK),
        ("GET", "/api/v1/members", "conversations:write", HttpStatusCode.OK),
        ("GET", "/api/v1/teams", "conversations:write", HttpStatusCode.OK),
        ("GET", "/api/v1/contacts/1", "contacts:read", HttpStatusCode.OK),

        // Who may change contacts must also be let see them.
        ("POST", "/api/v1/contacts", "contacts:write", HttpStatusCode.Forbidden),
        ("PATCH", "/api/v1/contacts/1", "contacts:write", HttpStatusCode.Forbidden),
        ("POST", "/api/v1/contacts/1/consents", "contacts:consent", HttpStatusCode.Forbidden),
        ("GET", "/api/v1/contact-fields", "contacts:write", HttpStatusCode.OK),
        ("GET", "/api/v1/webhooks", "events:read", HttpStatusCode.OK),
        ("GET", "/api/v1/webhooks/1/events", "events:read", HttpStatusCode.NotFound),
        ("POST", "/api/v1/webhooks/1/replay", "events:replay", HttpStatusCode.NotFound),
        ("POST", "/api/v1/events/1/replay", "events:replay", HttpStatusCode.NotFound),
    ];

    public async ValueTask InitializeAsync()
    {
        _host = await WefluxHost.StartAsync();
        using var client = _host.NewClient();
        await new MetaWebhooks(client).PostAsync(MetaWebhooks.Envelope(MetaWebhooks.Value(
            [MetaWebhooks.Contact(Phone, "IN.1", "Asha")],
            [MetaWebhooks.Text(Wamid, Phone, "IN.1", "hello", _host.Clock.GetUtcNow())])));
        _delivery = (await _host.SettledAsync()).Single().Id;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_opens_what_its_scope_says_and_is_told_what_it_lacks_elsewhere()
    {
        foreach (var scope in ApiScopes.Each)
        {
            using var client = _host.NewApiClient((await _host.IssueKeyAsync([scope])).Key);
            foreach (var (method, address, needed, expected) in Table)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), address);
                if (needed == "media:write")
                {
                    request.Content = new MultipartFormDataContent { { new StringContent("no file"), "other" } };
                }
                else if (method is "POST" or "PATCH")
                {
                    request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
                }

                using var answer = await client.SendAsync(request);
                if (scope == needed)
                {
                    answer.StatusCode.Should().Be(expected, "{0} opens {1}", scope, address);
                    continue;
                }

                answer.StatusCode.Should().Be(HttpStatusCode.Forbidden, "{0} does not open {1}", scope, address);
                if (method == "HEAD")
                {
                    // An answer to it has no body.
                    continue;
                }

                var problem = await answer.ProblemAsync();
                problem.GetProperty("scope").GetString().Should().Be(needed);
                problem.GetProperty("detail").GetString().Should().Contain(needed);
            }
        }
    }

    [Fact]
    public async Task Every_endpoint_is_in_the_table()
    {
        var mapped = _host.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints
            .Select(e => e.Metadata.GetMetadata<RequiredScope>()).OfType<RequiredScope>().Select(r => r.Scope);
        mapped.Should().BeEquivalentTo(Table.Select(row => row.Scope));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Queries_and_use_cases_ask_again_themselves()
    {
        var nothing = Actor.WithKey((await _host.ActorAsync()).Workspace, new ApiKeyGrant(new ApiKeyId(1), "Nothing", []));
        var page = new PageRequest(0, 10);
        (await _host.Services.GetRequiredService<MessageStreamQuery>().GetAsync(nothing, page)).Should().BeNull();
        (await _host.Services.GetRequiredService<ConversationsQuery>().GetAsync(nothing, page)).Should().BeNull();
        (await _host.Services.GetRequiredService<ConversationsQuery>().FindAsync(nothing, 1)).Should().BeNull();
        (await _host.Services.GetRequiredService<ContactsQuery>().GetAsync(nothing, page)).Should().BeNull();
        (await _host.Services.GetRequiredService<DeliveriesQuery>().GetAsync(nothing, null, page)).Should().BeNull();
        (await _host.Services.GetRequiredService<DeliveriesQuery>().FindAsync(nothing, _delivery)).Should().BeNull();
        (await _host.Services.GetRequiredService<ReplayDelivery>().ExecuteAsync(nothing, _delivery)).Should().BeFalse();

        // An agent sees what is theirs or nobody's, and therefore no stream of everything.
        var agent = await _host.ActorAsync();
        (await _host.Services.GetRequiredService<MessageStreamQuery>().GetAsync(agent, page)).Should().BeNull();
        (await _host.Services.GetRequiredService<ContactsQuery>().GetAsync(agent, page)).Should().BeNull();
    }

    [Fact]
    public async Task Without_the_scope_for_phones_no_answer_spells_out_a_number()
    {
        using var masked = _host.NewApiClient((await _host.IssueKeyAsync([.. ApiScopes.Each.Except(["contacts:phone"])])).Key);
        foreach (var (_, address, _, _) in Table.Where(row => row is { Method: "GET", Answer: HttpStatusCode.OK }))
        {
            var text = await masked.GetStringAsync(address);
            text.Should().NotContain(Phone).And.NotContain(Wamid).And.NotContain(Phone[2..^2]);
            foreach (var run in System.Text.RegularExpressions.Regex.Matches(text, "[A-Za-z0-9+/=_-]{12,}", default, TimeSpan.FromSeconds(1)).Select(m => m.Value))
            {
                Decoded(run).Should().NotContain(Phone);
            }
        }

        var message = (await masked.GetJsonAsync("/api/v1/messages")).GetProperty("data")[0];
        message.GetProperty("whatsAppId").ValueKind.Should().Be(JsonValueKind.Null);
        var contact = (await masked.GetJsonAsync("/api/v1/contacts")).GetProperty("data")[0];
        contact.GetProperty("phone").GetString().Should().Be("+91••••••••78");
        Identities(contact).Should().BeEquivalentTo([("user_id", "IN.1"), ("whatsapp_id", "+91••••••••78")]);
    }

    [Fact]
    public async Task With_the_scope_for_phones_numbers_are_whole()
    {
        using var client = _host.NewApiClient((await _host.IssueKeyAsync(["messages:read", "contacts:read", "contacts:phone"])).Key);

        (await client.GetJsonAsync("/api/v1/messages")).GetProperty("data")[0].GetProperty("whatsAppId").GetString().Should().Be(Wamid);
        var contact = (await client.GetJsonAsync("/api/v1/contacts")).GetProperty("data")[0];
        contact.GetProperty("phone").GetString().Should().Be("+" + Phone);
        contact.GetProperty("name").GetString().Should().Be("Asha");
        contact.GetProperty("consent").GetProperty("allStopped").GetBoolean().Should().BeFalse();
        Identities(contact).Should().BeEquivalentTo([("user_id", "IN.1"), ("whatsapp_id", Phone)]);
    }

    private static IEnumerable<(string?, string?)> Identities(JsonElement contact) => contact.GetProperty("identities").EnumerateArray()
        .Select(i => (i.GetProperty("kind").GetString(), i.GetProperty("value").GetString()));

    private static string Decoded(string run)
    {
        var padded = run.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        padded = padded[..(padded.Length - (padded.Length % 4))];
        return Convert.TryFromBase64String(padded, new byte[padded.Length], out _)
            ? System.Text.Encoding.Latin1.GetString(Convert.FromBase64String(padded))
            : "";
    }
}
