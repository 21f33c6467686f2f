using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Weflux.Web.Demo;

/// <summary>The http address on which this process really listens, whatever it was told to listen on.</summary>
public sealed class OwnAddress(IServer server)
{
    /// <exception cref="InvalidOperationException">The process does not listen on http, or not yet.</exception>
    public Uri Get() => TryGet() ?? throw new InvalidOperationException("This process does not listen on http (yet), which the simulator needs.");

    /// <summary>The address, or null while the server has not started.</summary>
    public Uri? TryGet()
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        return addresses.Where(a => a.StartsWith("http://", StringComparison.OrdinalIgnoreCase)).Select(Reachable).FirstOrDefault(a => a.Port != 0);
    }

    // "Every interface" is a place to listen, not one to call.
    private static Uri Reachable(string address)
    {
        var binding = BindingAddress.Parse(address);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : binding.Host;
        return new Uri($"http://{host}:{binding.Port}");
    }
}
