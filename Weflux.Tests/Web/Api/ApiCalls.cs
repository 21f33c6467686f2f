using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Weflux.Tests.Support;
using Weflux.Web.Api.Keys;

namespace Weflux.Tests.Web.Api;

/// <summary>Calls the API as a program does.</summary>
internal static class ApiCalls
{
    public const string DemoKey = "wfx_demo_0000000000000000000000000001";
    public const string OtherDemoKey = "wfx_demo_0000000000000000000000000002";

    public static HttpClient NewApiClient(this WefluxHost host, string key = DemoKey)
    {
        var client = host.NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.Should().BeTrue("{0} answered {1}: {2}", address, (int)answer.StatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("status").GetInt32().Should().Be((int)answer.StatusCode);
        problem.GetProperty("title").GetString().Should().NotBeNullOrEmpty();
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        return problem;
    }

    /// <summary>A new key of the demo workspace with these scopes.</summary>
    public static async Task<IssuedApiKey> IssueKeyAsync(this WefluxHost host, string[] scopes, DateTimeOffset? expiresAt = null, string slug = "demo") =>
        (await host.Services.GetRequiredService<IssueApiKey>().ExecuteAsync(
            await host.ActorAsync($"admin@{slug}.test", slug), "Test", scopes, expiresAt))!;

    /// <summary>Everything of a list, page by page.</summary>
    public static async Task<List<JsonElement>> AllAsync(this HttpClient client, string list, int limit)
    {
        var all = new List<JsonElement>();
        long? after = 0;
        while (after is not null)
        {
            var page = await client.GetJsonAsync($"{list}?after={after}&limit={limit}");
            all.AddRange(page.GetProperty("data").EnumerateArray());
            after = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }

        return all;
    }
}
