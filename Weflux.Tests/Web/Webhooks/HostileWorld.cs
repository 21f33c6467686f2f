using Microsoft.EntityFrameworkCore;
using Weflux.Tests.Support;
using Weflux.Web.Connections;
using Weflux.Web.Webhooks;

namespace Weflux.Tests.Web.Webhooks;

/// <summary>Hostile webhooks, and what they must leave as it was.</summary>
public abstract class HostileWorld(LoggedHost logged)
{
    protected WefluxHost Host => logged.Host;

    protected HttpClient Client => logged.Client;

    protected MetaWebhooks Webhooks => new(logged.Client);

    /// <summary>The deliveries since this was last asked, all of them settled.</summary>
    protected async Task<List<WebhookDelivery>> SinceAsync()
    {
        var all = await Host.SettledAsync();
        var since = all.Where(d => d.Id > logged.LastDelivery).ToList();
        logged.LastDelivery = all.Select(d => d.Id).LastOrDefault();
        return since;
    }

    protected void TellNobody() => logged.Log.Lines
        .Where(line => LoggedHost.Secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)))
        .Should().BeEmpty("no words, names, numbers or secrets stand in the log");
}

/// <summary>A host whose log is read.</summary>
public sealed class LoggedHost : IAsyncLifetime
{
    /// <summary>What the bodies hold and the log must not.</summary>
    public static readonly string[] Secrets =
    [
        "canary", "99000042", "99000 042", "99000050", "99000060", "99000070", "4001122334455", "demo-app-secret", .. Corpus.Poison.Select(file => $"before {file.Name}"),
    ];

    public HostLog Log { get; } = new();

    public WefluxHost Host { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public long LastDelivery { get; set; }

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync(options =>
        {
            Log.Capture(options);

            // Nothing is sent, so that no webhook comes but those of the tests.
            options.Settings["Weflux:CloudApi:BaseAddress"] = "http://127.0.0.1:9/";
        });
        await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
        Client = Host.NewClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        Log.Dispose();
    }
}
