using Weflux.Tests.Support;

namespace Weflux.Tests.Web.Media;

/// <summary>An agent who puts files into the store.</summary>
public abstract class UploadWorld : IAsyncLifetime
{
    protected WefluxHost Host { get; private set; } = null!;

    /// <summary>The agent's browser.</summary>
    protected HttpClient Agent { get; private set; } = null!;

    /// <summary>The token of the page that files are uploaded from.</summary>
    protected string Token { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await WefluxHost.StartAsync();
        Agent = await Host.SignInAsync();
        Token = await WefluxHost.FormTokenAsync(Agent, "/w/demo/inbox");
    }

    public async ValueTask DisposeAsync()
    {
        Agent.Dispose();
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
