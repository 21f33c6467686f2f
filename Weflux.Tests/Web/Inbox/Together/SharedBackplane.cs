using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Weflux.Web.Live;

namespace Weflux.Tests.Web.Inbox.Together;

/// <summary>What Redis does between nodes, within one process: what is said to a group on one node is said to it on all.</summary>
internal sealed class SharedBackplane
{
    private readonly ConcurrentBag<NodeHub> _nodes = [];

    /// <summary>Everything that crossed, as JSON.</summary>
    public ConcurrentQueue<(string Group, string Json)> Crossed { get; } = new();

    public void Join(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<HubLifetimeManager<InboxHub>>(provider =>
    {
        var node = new NodeHub(this, provider.GetRequiredService<ILogger<DefaultHubLifetimeManager<InboxHub>>>());
        _nodes.Add(node);
        return node;
    }));

    private sealed class NodeHub(SharedBackplane backplane, ILogger<DefaultHubLifetimeManager<InboxHub>> logger) : DefaultHubLifetimeManager<InboxHub>(logger)
    {
        public override async Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default)
        {
            backplane.Crossed.Enqueue((groupName, System.Text.Json.JsonSerializer.Serialize(args)));
            foreach (var node in backplane._nodes)
            {
                await node.SendOwnAsync(groupName, methodName, args, cancellationToken);
            }
        }

        private Task SendOwnAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken) =>
            base.SendGroupAsync(groupName, methodName, args, cancellationToken);
    }
}
