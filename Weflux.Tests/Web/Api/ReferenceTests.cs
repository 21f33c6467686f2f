using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Api;

public sealed class ReferenceTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Document = "/api/v1/openapi.json";

    private WefluxHost Host => shared.Host;

    [Fact]
    public async Task Every_address_of_the_API_is_in_the_document_and_nothing_else()
    {
        var mapped = Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.OrdinalIgnoreCase) && e.RoutePattern.RawText is not (Document or "/api/{**rest}"))
            .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods, (e, method) =>
                $"{method.ToLowerInvariant()} {e.RoutePattern.RawText!.Replace(":long}", "}", StringComparison.Ordinal)}").ToList();
        var root = await ReadAsync();
        var told = root.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => $"{o.Name} {p.Name}"));

        told.Should().BeEquivalentTo(mapped).And.HaveCount(32);
    }

    [Fact]
    public async Task Every_operation_tells_its_parameters_answers_errors_scope_and_an_example()
    {
        var root = await ReadAsync();
        foreach (var (address, operation) in Operations(root))
        {
            operation.GetProperty("summary").GetString().Should().NotBeNullOrEmpty(address);
            operation.GetProperty("description").GetString().Should().Contain("Needs the scope `", address);
            operation.GetProperty("operationId").GetString().Should().NotBeNullOrEmpty();
            operation.GetProperty("security")[0].GetProperty("apiKey").GetArrayLength().Should().Be(1);
            foreach (var parameter in operation.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray().ToList() : [])
            {
                parameter.GetProperty("description").GetString().Should().NotBeNullOrEmpty(address);
                parameter.GetProperty("schema").GetProperty("type").GetString().Should().BeOneOf("integer", "string");
            }

            if (operation.TryGetProperty("requestBody", out var sent))
            {
                sent.GetProperty("content").EnumerateObject().Single().Name.Should().BeOneOf(["application/json", "multipart/form-data"], address);
            }

            var answers = operation.GetProperty("responses").EnumerateObject().ToList();
            var good = answers.First(a => a.Name[0] == '2').Value.GetProperty("content");
            if (good.TryGetProperty("application/json", out var json))
            {
                json.GetProperty("schema").GetRawText().Should().Contain("$ref");
                json.TryGetProperty("example", out _).Should().BeTrue(address);
            }
            else
            {
                address.Should().EndWith("/content", "everything else is JSON");
            }

            answers.Select(a => a.Name).Should().Contain(["401", "403", "429", "500"], address);
            answers.Where(a => a.Name[0] != '2').Select(a => a.Value.GetProperty("content").EnumerateObject().Single().Name)
                .Should().OnlyContain(type => type == "application/problem+json");
        }
    }

    [Fact]
    public async Task Numbers_are_numbers_words_are_listed_and_every_field_is_explained()
    {
        var root = await ReadAsync();
        var schemas = root.GetProperty("components").GetProperty("schemas");
        schemas.GetRawText().Should().NotContain("\"integer\",\"string\"").And.NotContain("\"pattern\"");
        var message = schemas.GetProperty("ApiMessage").GetProperty("properties");
        message.GetProperty("direction").GetProperty("enum").EnumerateArray().Select(e => e.GetString()).Should().Equal("in", "out");
        message.GetProperty("id").GetProperty("type").GetString().Should().Be("integer");
        message.GetProperty("sentAt").GetProperty("format").GetString().Should().Be("date-time");
        foreach (var name in new[] { "ApiMessage", "ApiConversation", "ApiContact", "ApiWebhookDelivery", "ApiDelivery" }.Where(n => schemas.TryGetProperty(n, out _)))
        {
            schemas.GetProperty(name).GetProperty("properties").EnumerateObject().Count().Should().BeGreaterThan(5);
        }
    }

    [Fact]
    public async Task The_document_names_our_own_address_whatever_the_request_says()
    {
        var root = await ReadAsync();
        root.GetProperty("servers").EnumerateArray().Should().ContainSingle();
        root.GetProperty("openapi").GetString().Should().StartWith("3.1");
        var scheme = root.GetProperty("components").GetProperty("securitySchemes").GetProperty("apiKey");
        (scheme.GetProperty("type").GetString(), scheme.GetProperty("scheme").GetString()).Should().Be(("http", "bearer"));
    }

    [Fact]
    public async Task Answers_have_the_fields_that_the_document_promises()
    {
        using var meta = Host.NewClient();
        await new MetaWebhooks(meta).PostAsync(MetaWebhooks.TextFrom("wamid.doc", "919500000001", "hello", Host.Clock.GetUtcNow()));
        await Host.SettledAsync();
        var schemas = (await ReadAsync()).GetProperty("components").GetProperty("schemas");
        using var api = Host.NewApiClient();
        foreach (var (list, schema) in new[] { ("messages", "ApiMessage"), ("conversations", "ApiConversation"), ("contacts", "ApiContact"), ("webhook-deliveries", "ApiDelivery") })
        {
            var row = (await api.GetJsonAsync($"/api/v1/{list}")).GetProperty("data")[0];
            row.EnumerateObject().Select(p => p.Name).Should().BeEquivalentTo(
                schemas.GetProperty(schema).GetProperty("properties").EnumerateObject().Select(p => p.Name), list);
        }
    }

    [Fact]
    public async Task The_reader_page_shows_every_operation_to_anybody_and_runs_no_script_of_its_own()
    {
        using var client = Host.NewClient();
        using var answer = await client.GetAsync("/docs/api");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        foreach (var (address, _) in Operations(await ReadAsync()))
        {
            page.Should().Contain(address);
        }

        page.Should().Contain("sequence").And.Contain("Authorization: Bearer").And.Contain("contacts:phone");
        page.Should().NotContain("src=\"http").And.NotContain("href=\"http").And.NotContain("script src=\"_framework");
    }

    private static IEnumerable<(string Address, JsonElement Operation)> Operations(JsonElement root) =>
        root.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject(), (p, o) => (p.Name, o.Value));

    private async Task<JsonElement> ReadAsync()
    {
        using var client = Host.NewClient();
        return await client.GetJsonAsync(Document);
    }
}
