namespace Weflux.Tests.Support;

/// <summary>A host for each test, and webhooks that come to it as Meta sends them.</summary>
public abstract class WebhookWorld : IAsyncLifetime
{
    private HttpClient _client = null!;

    protected WefluxHost Host { get; set; } = null!;

    protected MetaWebhooks Webhooks { get; private set; } = null!;

    protected DateTimeOffset Now => Host.Clock.GetUtcNow();

    public virtual async ValueTask InitializeAsync()
    {
        Host = await StartHostAsync();
        _client = Host.NewClient();
        Webhooks = new MetaWebhooks(_client);
    }

    public virtual async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<WefluxHost> StartHostAsync() => WefluxHost.StartAsync();
}
