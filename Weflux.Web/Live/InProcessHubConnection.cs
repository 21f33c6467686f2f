using System.IO.Pipelines;
using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Weflux.Web.Live;

/// <summary>
/// Connects a circuit to the hub of its own process over a pair of pipes: no socket, no address, and the principal of
/// the circuit itself. Everything after the connection, groups and backplane included, is the ordinary hub.
/// </summary>
public sealed class InProcessHubConnection(HubConnectionHandler<InboxHub> hub, IServiceScopeFactory scopes)
{
    // Shared by all circuits: a builder would make a container, and the protocol what it knows of types, for each.
    private static readonly JsonHubProtocol Protocol = new();
    private static readonly IPEndPoint Nowhere = new(IPAddress.None, 0);

    public HubConnection Create(ClaimsPrincipal principal) =>
        new(new PipeConnectionFactory(hub, scopes, principal), Protocol, Nowhere, NoServices.Instance, NullLoggerFactory.Instance);

    /// <summary>A connection disposes what it is given, so it is not given the application's container.</summary>
    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }

    private sealed class PipeConnectionFactory(HubConnectionHandler<InboxHub> hub, IServiceScopeFactory scopes, ClaimsPrincipal principal)
        : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            if (!await MayConnectAsync())
            {
                throw new UnauthorizedAccessException("This person may not connect to the hub.");
            }

            var toServer = new Pipe();
            var toClient = new Pipe();
            var id = Guid.NewGuid().ToString("N");
            var client = new PipeConnection(id, toClient.Reader, toServer.Writer, isClient: true);
            var server = new PipeConnection(id, toServer.Reader, toClient.Writer, isClient: false) { User = principal };

            // The hub must not run in the culture and activity of the circuit that happens to connect.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => ServeAsync(server), CancellationToken.None);
            }

            return client;
        }

        private async Task ServeAsync(PipeConnection server)
        {
            try
            {
                await hub.OnConnectedAsync(server);
            }
            finally
            {
                // A client that was let go of would otherwise wait for ever.
                await server.Transport.Output.CompleteAsync();
                await server.Transport.Input.CompleteAsync();
            }
        }

        /// <summary>
        /// What stands on the hub's class is metadata of its endpoint, and this road has none. So it is asked here, as
        /// the endpoint would ask it.
        /// </summary>
        private async Task<bool> MayConnectAsync()
        {
            await using var scope = scopes.CreateAsyncScope();
            var policy = await AuthorizationPolicy.CombineAsync(
                scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>(),
                typeof(InboxHub).GetCustomAttributes(inherit: true).OfType<IAuthorizeData>());
            return principal.Identity?.IsAuthenticated == true
                && policy is not null
                && (await scope.ServiceProvider.GetRequiredService<IAuthorizationService>().AuthorizeAsync(principal, resource: null, policy)).Succeeded;
        }
    }

    private sealed class PipeConnection : DefaultConnectionContext, IConnectionInherentKeepAliveFeature
    {
        private readonly bool _isClient;

        public PipeConnection(string id, PipeReader input, PipeWriter output, bool isClient)
            : base(id)
        {
            _isClient = isClient;
            Transport = new Duplex(input, output);

            // Pipes in one process do not die silently; without this the client closes itself when idle.
            Features.Set<IConnectionInherentKeepAliveFeature>(this);
        }

        public bool HasInherentKeepAlive => true;

        public override async ValueTask DisposeAsync()
        {
            if (_isClient)
            {
                // Ends the server's half, which would otherwise outlive a client that went without a word.
                await Transport.Output.CompleteAsync();
                await Transport.Input.CompleteAsync();
            }

            await base.DisposeAsync();
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
