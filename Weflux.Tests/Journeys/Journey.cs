using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Weflux.Tests.Support;
using Weflux.Web.Demo;

namespace Weflux.Tests.Journeys;

/// <summary>
/// A way that people go through the whole of Weflux: the real program on a real port, the simulator behind it, and a
/// browser in front. No journey passes if a page of it complained or the host logged an error.
/// </summary>
[Collection(OneAfterAnother.Name)]
public abstract class Journey(Chromium chromium) : IAsyncLifetime
{
    protected const string Agent = "agent@demo.test";
    protected const string SecondAgent = "agent2@demo.test";
    protected const string Manager = "manager@demo.test";
    protected const string Asha = "Asha Verma";
    protected const string Tom = "Tom Becker";

    private readonly HostErrors _errors = new();
    private readonly List<Tab> _tabs = [];
    private readonly List<IBrowserContext> _contexts = [];

    protected WefluxHost Host { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        Host = await WefluxHost.StartAsync(options =>
        {
            Configure(options);
            var services = options.Services;
            options.Services = all =>
            {
                services?.Invoke(all);
                all.AddSingleton<ILoggerProvider>(_errors);
            };
        });
    }

    public async ValueTask DisposeAsync()
    {
        var complaints = _tabs.SelectMany(tab => tab.Complaints.Select(complaint => $"{tab.Name}: {complaint}")).Concat(_errors.All).ToList();
        if (complaints.Count > 0 || TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            await KeepPicturesAsync();
        }

        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        await Host.DisposeAsync();
        await CleanUpAsync();
        complaints.Should().BeEmpty("nobody may complain");
        GC.SuppressFinalize(this);
    }

    /// <summary>Before the host starts.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected virtual void Configure(WefluxHostOptions options)
    {
    }

    /// <summary>After the host has ended.</summary>
    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    /// <summary>Forgets complaints that the test itself caused, such as those about a host that it stopped.</summary>
    protected void Forgive()
    {
        _errors.Forgive();
        _tabs.ForEach(tab => tab.Forgive());
    }

    /// <summary>A browser of a person of their own, nobody signed in yet.</summary>
    protected async Task<IBrowserContext> NewBrowserAsync(BrowserNewContextOptions? options = null)
    {
        var context = await chromium.NewContextAsync(Host.Address, options);
        _contexts.Add(context);
        return context;
    }

    protected async Task<Tab> NewTabAsync(IBrowserContext browser, string name)
    {
        var tab = await Tab.OpenAsync(browser, Host.Address, $"{name}-{_tabs.Count + 1}");
        _tabs.Add(tab);
        return tab;
    }

    /// <summary>Signs in with the button of a demo person, in a browser of their own, and opens the inbox.</summary>
    protected async Task<InboxScreen> SignInAsync(string email, string path = "/w/demo/inbox", BrowserNewContextOptions? options = null)
    {
        var tab = await NewTabAsync(await NewBrowserAsync(options), email.Split('@')[0]);
        await tab.Page.GotoAsync(path);
        var name = DemoWorkspaces.FindPerson(email)!.Name;
        await tab.Page.GetByRole(AriaRole.Button).Filter(new() { HasText = name }).ClickAsync();
        return await ReadyAsync(tab);
    }

    /// <summary>Another tab in the browser of somebody who is signed in.</summary>
    protected async Task<InboxScreen> OpenAnotherAsync(InboxScreen screen, string path = "/w/demo/inbox")
    {
        var tab = await NewTabAsync(screen.Page.Context, "another");
        await tab.Page.GotoAsync(path);
        return await ReadyAsync(tab);
    }

    protected async Task<PhoneScreen> OpenPhoneAsync(string customer)
    {
        var tab = await NewTabAsync(await NewBrowserAsync(), $"phone-of-{customer}");
        await tab.Page.GotoAsync($"/simulator/phone?number={MetaWebhooks.Number}&customer={customer}");
        await Assertions.Expect(tab.Page.GetByText("Business account")).ToBeVisibleAsync();
        return new PhoneScreen(tab);
    }

    /// <summary>A customer writes without anybody looking at the phone.</summary>
    protected Task CustomerSaysAsync(string customer, string text) =>
        MoveCustomerAsync(customer, "messages", new { type = "text", text });

    /// <summary>A customer sends something of another kind.</summary>
    protected Task CustomerSendsAsync(string customer, object message) => MoveCustomerAsync(customer, "messages", message);

    protected Task SwitchPhoneOnAsync(string customer) => MoveCustomerAsync(customer, "phone", new { on = true });

    protected static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private static async Task<InboxScreen> ReadyAsync(Tab tab)
    {
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Heading, new() { Name = "Inbox", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(tab.Page.Locator("[data-scroll] ul, [data-scroll] .empty").First).ToBeAttachedAsync();
        return new InboxScreen(tab);
    }

    private async Task MoveCustomerAsync(string customer, string what, object body)
    {
        using var client = Host.NewClient();
        using var answer = await client.PostAsJsonAsync($"/simulator/api/numbers/{MetaWebhooks.Number}/customers/{customer}/{what}", body);
        answer.EnsureSuccessStatusCode();
    }

    private async Task KeepPicturesAsync()
    {
        var test = TestContext.Current.TestMethod?.MethodName ?? GetType().Name;
        foreach (var tab in _tabs.Where(tab => !tab.Page.IsClosed))
        {
            try
            {
                await tab.Page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(AppContext.BaseDirectory, "screenshots", $"{test}.{tab.Name}.png"),
                });
            }
            catch (PlaywrightException)
            {
                // A page that cannot be pictured must not hide why the test failed.
            }
        }
    }
}

/// <summary>Journeys run alone and one after another: a browser needs the machine for itself.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneAfterAnother : ICollectionFixture<Chromium>
{
    public const string Name = "Journeys";
}
