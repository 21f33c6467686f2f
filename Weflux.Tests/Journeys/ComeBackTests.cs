using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Weflux.Tests.Support;

namespace Weflux.Tests.Journeys;

/// <summary>At whatever moment the server goes away: nobody has to press reload to have a living page again.</summary>
public sealed class ComeBackTests(Chromium chromium) : Journey(chromium)
{
    /// <summary>Makes the patience of the page short, so that the test does not have to have it.</summary>
    private const string Impatience =
        "const wait = window.setTimeout; window.setTimeout = (call, ms, ...rest) => wait(call, ms > 15000 && ms <= 20000 ? 500 : ms, ...rest);";

    private static readonly BrowserNewContextOptions WithoutWorker = new() { ServiceWorkers = ServiceWorkerPolicy.Block };
    private readonly Frailty _frailty = new();

    [Fact]
    public async Task A_page_that_is_reloaded_while_the_server_is_away_stands_in_and_comes_back()
    {
        await CustomerSaysAsync("asha", "Are you open today?");
        var agent = await SignInAsync(Agent);
        await agent.Page.WaitForFunctionAsync("async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'");
        await Host.StopKeepingDataAsync();

        await agent.Page.ReloadAsync();

        await Expect(agent.Page.Locator("[data-stand-in]")).ToBeVisibleAsync();
        Host = await Host.StartAgainAsync();
        await Expect(agent.Row(Asha)).ToContainTextAsync("Are you open today?");
        await Expect(agent.Page.Locator("[data-stand-in]")).ToHaveCountAsync(0);
        Forgive();
    }

    [Theory]
    [InlineData("**/_framework/blazor.web*.js")]
    [InlineData("**/_blazor/negotiate*")]
    [InlineData("**/_content/MudBlazor/*.js")]
    public async Task A_page_of_which_a_part_did_not_come_is_alive_in_the_end(string part)
    {
        await CustomerSaysAsync("asha", "Are you open today?");
        var agent = await SignInAsync(Agent, options: WithoutWorker);
        await agent.Page.AddInitScriptAsync(Impatience);
        var hasFailed = false;
        await agent.Page.RouteAsync(part, route =>
        {
            hasFailed = true;
            return route.AbortAsync("connectionreset");
        }, new() { Times = 1 });

        await agent.Page.ReloadAsync();

        await Eventually.BeAsync(() => Task.FromResult(hasFailed));
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await CustomerSaysAsync("asha", "Hello?");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Hello?");
        Forgive();
    }

    [Fact]
    public async Task A_circuit_that_broke_is_begun_anew()
    {
        await CustomerSaysAsync("asha", "Are you open today?");
        var agent = await SignInAsync(Agent, options: WithoutWorker);
        await agent.Page.AddInitScriptAsync(Impatience);
        _frailty.Breaks = 1;

        await agent.Page.ReloadAsync();

        await Eventually.BeAsync(() => Task.FromResult(_frailty.Breaks == 0));
        await Expect(agent.Page.Locator("#blazor-error-ui")).ToBeVisibleAsync();
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        await Expect(agent.Page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await CustomerSaysAsync("asha", "Hello?");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Hello?");
        Forgive();
    }

    [Fact]
    public async Task A_circuit_that_broke_while_it_was_taken_up_again_is_begun_anew()
    {
        await CustomerSaysAsync("asha", "Are you open today?");
        var agent = await SignInAsync(Agent, options: WithoutWorker);
        await agent.Page.AddInitScriptAsync(Impatience);
        await agent.Page.ReloadAsync();
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        _frailty.Breaks = 1;

        await agent.Page.EvaluateAsync("Blazor._internal.forceCloseConnection()");

        await Eventually.BeAsync(() => Task.FromResult(_frailty.Breaks == 0));
        await CustomerSaysAsync("asha", "Hello?");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Hello?");
        Forgive();
    }

    [Fact]
    public async Task A_circuit_that_broke_and_nobody_said_so_is_begun_anew()
    {
        await CustomerSaysAsync("asha", "Are you open today?");
        var agent = await SignInAsync(Agent, options: WithoutWorker);
        await agent.Page.AddInitScriptAsync(Impatience);
        await agent.Page.ReloadAsync();
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        var loads = agent.Tab.Documents;

        // What the framework answers of a circuit that broke.
        await agent.Page.EvaluateAsync("Blazor.reconnect = () => Promise.resolve(false)");

        await Eventually.BeAsync(() => Task.FromResult(agent.Tab.Documents > loads));
        await Expect(agent.Row(Asha)).ToBeVisibleAsync();
        Forgive();
    }

    [Fact]
    public async Task A_page_that_the_framework_gave_up_goes_on_trying()
    {
        await CustomerSaysAsync("asha", "Are you open today?");
        var agent = await SignInAsync(Agent, options: WithoutWorker);
        await Host.StopKeepingDataAsync();
        await Expect(agent.Page.Locator("#components-reconnect-modal")).ToBeVisibleAsync();
        await agent.Page.EvaluateAsync("Blazor.defaultReconnectionHandler._currentReconnectionProcess.isDisposed = true");
        await Expect(agent.Page.GetByText("Weflux cannot be reached.")).ToBeVisibleAsync();

        Host = await Host.StartAgainAsync();

        await Expect(agent.Page.Locator("#components-reconnect-modal")).ToBeHiddenAsync();
        await CustomerSaysAsync("asha", "Hello?");
        await Expect(agent.Row(Asha)).ToContainTextAsync("Hello?");
        Forgive();
    }

    protected override void Configure(WefluxHostOptions options) =>
        options.Services = services => services.AddScoped<CircuitHandler>(_ => new FrailCircuit(_frailty));

    private sealed class Frailty
    {
        public int Breaks { get; set; }
    }

    private sealed class FrailCircuit(Frailty frailty) : CircuitHandler
    {
        public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => frailty.Breaks > 0 && frailty.Breaks-- > 0
            ? throw new InvalidOperationException("This circuit breaks on purpose.")
            : Task.CompletedTask;
    }
}
