using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Weflux.Web.Demo;

namespace Weflux.Tests.Support;

/// <summary>
/// The real program on a port of its own with a data directory of its own, the demo switched on. Another start on the
/// same directory is <see cref="RestartAsync"/>.
/// </summary>
public sealed partial class WefluxHost : IAsyncDisposable
{
    private readonly WefluxHostOptions _options;
    private readonly Factory _factory;
    private bool _isKept;

    private WefluxHost(WefluxHostOptions options, Factory factory)
    {
        _options = options;
        _factory = factory;
        var addresses = factory.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Address = new Uri(addresses.Addresses.First());
    }

    public Uri Address { get; }

    public IServiceProvider Services => _factory.Services;

    public ShiftableClock Clock => _options.Clock;

    public string DataDirectory => _options.DataDirectory;

    public static Task<WefluxHost> StartAsync(Action<WefluxHostOptions>? configure = null)
    {
        var options = new WefluxHostOptions();
        configure?.Invoke(options);
        Directory.CreateDirectory(options.DataDirectory);
        FreshDatabase.PutInto(options.DataDirectory);
        return StartAsync(options);
    }

    /// <summary>Stops this host and starts another one on the same data and the same port.</summary>
    public async Task<WefluxHost> RestartAsync()
    {
        await StopKeepingDataAsync();
        return await StartAgainAsync();
    }

    /// <summary>Starts a host on the data and the port of this one, which was stopped.</summary>
    public Task<WefluxHost> StartAgainAsync()
    {
        _options.Port = Address.Port;
        return StartAsync(_options);
    }

    public async Task StopKeepingDataAsync()
    {
        _isKept = true;
        await DisposeAsync();
    }

    /// <summary>A client that keeps its cookies and follows no redirect.</summary>
    public HttpClient NewClient(CookieContainer? cookies = null)
    {
#pragma warning disable CA2000 // The client owns and disposes the handler.
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new CookieContainer() };
#pragma warning restore CA2000
        return new HttpClient(handler) { BaseAddress = Address };
    }

    /// <summary>Signs in over HTTP as a person would.</summary>
    public async Task<HttpClient> SignInAsync(string email = "agent@demo.test", CookieContainer? cookies = null)
    {
        var client = NewClient(cookies);
        for (var tries = 1; ; tries++)
        {
            using var answer = await PostSignInAsync(client, email, DemoWorkspaces.Password);
            if (answer.StatusCode == HttpStatusCode.Redirect)
            {
                return client;
            }

            if (answer.StatusCode != HttpStatusCode.TooManyRequests || tries == 30)
            {
                throw new InvalidOperationException($"{email} could not sign in: {await AlertAsync(answer)}");
            }

            // A test that signs in very often waits as a person would have to.
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Loads the sign-in page and sends its form.</summary>
    public static async Task<HttpResponseMessage> PostSignInAsync(HttpClient client, string email, string password, string? returnUrl = null)
    {
        var page = returnUrl is null ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = await FormTokenAsync(client, page),
            ["Input.Email"] = email,
            ["Input.Password"] = password,
        });
        return await client.PostAsync(page, form);
    }

    /// <summary>The antiforgery token of a page's first form.</summary>
    public static async Task<string> FormTokenAsync(HttpClient client, string page) =>
        FormToken().Match(await client.GetStringAsync(page)).Groups[1].Value;

    /// <summary>What the page tells in its alert.</summary>
    public static async Task<string> AlertAsync(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(Alert().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value);

    public async ValueTask DisposeAsync()
    {
        _factory.IsEnding = true;
        await _factory.DisposeAsync();
        if (!_isKept)
        {
            await RemoveAsync(_options.DataDirectory);
        }
    }

    /// <summary>A circuit whose browser is still open may look into the database once more while it is being removed.</summary>
    private static async Task RemoveAsync(string directory)
    {
        for (var attempt = 1; ; attempt++)
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            try
            {
                // Two hosts may have shared it.
                if (Directory.Exists(directory))
                {
                    Directory.Delete(directory, recursive: true);
                }

                return;
            }
            catch (IOException) when (attempt < 20)
            {
                await Task.Delay(100);
            }
        }
    }

    private static async Task<WefluxHost> StartAsync(WefluxHostOptions options)
    {
        var factory = new Factory(options);
        try
        {
            factory.UseKestrel(options.Port);
            await Task.Run(factory.StartServer);
            return new WefluxHost(options, factory);
        }
        catch
        {
            await factory.DisposeAsync();
            throw;
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();

    [GeneratedRegex("role=\"alert\">([^<]+)<")]
    private static partial Regex Alert();

    private sealed class Factory(WefluxHostOptions options) : WebApplicationFactory<Program>
    {
        /// <summary>From here on the console stays still: a circuit or a hub connection that outlives its host complains about that.</summary>
        public bool IsEnding { get; set; }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(options.Environment);
            builder.UseSetting("Weflux:DataDirectory", options.DataDirectory);
            builder.UseSetting("Demo:Enabled", "true");
            foreach (var category in (string[])["Default", "Microsoft", "Microsoft.Hosting.Lifetime"])
            {
                builder.UseSetting($"Logging:LogLevel:{category}", "Error");
            }

            foreach (var (key, value) in options.Settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureLogging(logging => logging.AddFilter<ConsoleLoggerProvider>(level => level >= LogLevel.Error && !IsEnding));
            builder.ConfigureTestServices(services =>
            {
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(options.Clock));
                SlowCircuits.AddTo(services);
                options.Services?.Invoke(services);
            });
        }
    }
}

public sealed class WefluxHostOptions
{
    public string DataDirectory { get; set; } = Path.Combine(Path.GetTempPath(), $"weflux-{Guid.NewGuid():N}");

    /// <summary>The port to listen on; 0 for a free one.</summary>
    public int Port { get; set; }

    public string Environment { get; set; } = "Development";

    public ShiftableClock Clock { get; set; } = new();

    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Services to add or replace, after those of the program.</summary>
    public Action<IServiceCollection>? Services { get; set; }
}

/// <summary>One host for all tests of a class that do not disturb each other.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    public WefluxHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await WefluxHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
