using Microsoft.EntityFrameworkCore;
using Weflux.Web.Connections;

namespace Weflux.Tests.Support;

/// <summary>A host for each test, whose numbers talk to a platform that does as the test says.</summary>
public abstract class GraphWorld : WebhookWorld
{
    protected GraphStub Graph { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Graph = await GraphStub.StartAsync();
        await base.InitializeAsync();
        await Host.ReadAsync(db => db.Set<Connection>().ExecuteUpdateAsync(set => set.SetProperty(c => c.Kind, ConnectionKind.CloudApi)));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Graph.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override Task<WefluxHost> StartHostAsync() =>
        WefluxHost.StartAsync(o => o.Settings["Weflux:CloudApi:BaseAddress"] = Graph.Address.ToString());
}
