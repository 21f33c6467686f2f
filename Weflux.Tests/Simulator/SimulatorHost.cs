using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weflux.Simulator;

namespace Weflux.Tests.Simulator;

/// <summary>The simulator on a port of its own, with one number whose webhooks go to the receiver.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    public const string Waba = "100000000000001";
    public const string Number = "200000000000001";
    public const string Token = "demo-access-token";
    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Graph = new HttpClient { BaseAddress = new Uri(Http.BaseAddress, "simulator/graph/v26.0/") };
        Graph.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public HttpClient Http { get; }

    /// <summary>Speaks as the business, with a good token.</summary>
    public HttpClient Graph { get; }

    public static Task<SimulatorHost> StartAsync(Uri webhooks, string? stateFile = null, TimeProvider? time = null) =>
        StartAsync(() => webhooks, stateFile, time);

    public static async Task<SimulatorHost> StartAsync(
        Func<Uri> webhooks, string? stateFile = null, TimeProvider? time = null, TimeSpan? longestWait = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddSimulator(options =>
        {
            options.WebhookBaseAddress = webhooks;
            options.StateFile = stateFile;
            options.LongestWait = longestWait ?? options.LongestWait;
            options.Numbers.Add(new SimulatedNumber(
                Waba, Number, "+91 98765 43210", "Chai & Co.", Token, WebhookReceiver.AppKey, WebhookReceiver.AppSecret, "400000000000001"));
        });
        var app = builder.Build();
        app.MapSimulator();
        await app.StartAsync();
        return new SimulatorHost(app);
    }

    public async Task<string> CustomerSendsAsync(string customer, object message)
    {
        using var response = await Http.PostAsJsonAsync($"simulator/api/numbers/{Number}/customers/{customer}/messages", message);
        response.EnsureSuccessStatusCode();
        return (await JsonAsync(response)).GetProperty("wamid").GetString()!;
    }

    public async Task<JsonElement> CustomerAsync(string customer) =>
        (await GetAsync($"simulator/api/numbers/{Number}/customers")).GetProperty("data").EnumerateArray()
            .Single(known => known.GetProperty("id").GetString() == customer);

    public async Task<IReadOnlyList<JsonElement>> ChatAsync(string customer) =>
        [.. (await GetAsync($"simulator/api/numbers/{Number}/customers/{customer}/messages")).GetProperty("data").EnumerateArray()];

    public async Task<HttpResponseMessage> SendAsync(object body) => await Graph.PostAsJsonAsync($"{Number}/messages", body);

    public async Task FaultAsync(object fault)
    {
        using var response = await PostAsync("simulator/api/faults", fault);
        response.EnsureSuccessStatusCode();
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => Http.PostAsJsonAsync(path, body);

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Graph.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
