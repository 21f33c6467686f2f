using Microsoft.AspNetCore.Components.Server.Circuits;
using Weflux.Domain.Team;

namespace Weflux.Web.Presence;

/// <summary>
/// The page of a circuit, as long as its browser is connected. A circuit outlives its browser by minutes, in case it comes
/// back; nobody sits before it meanwhile.
/// </summary>
public sealed class PresentCircuit(OpenPages pages) : CircuitHandler
{
    private OpenPage? _page;
    private bool _isConnected = true;

    /// <summary>Raised when the browser is in reach again. What its script told meanwhile, nobody heard.</summary>
    public event EventHandler? BrowserBack;

    /// <summary>The circuit shows a workspace to the actor, until what is returned is disposed.</summary>
    internal OpenPage Enter(Actor actor)
    {
        _page = pages.Enter(actor);
        _page.Connect(_isConnected);
        return _page;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Connect(isConnected: true);
        BrowserBack?.Invoke(this, EventArgs.Empty);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        Connect(isConnected: false);
        return Task.CompletedTask;
    }

    private void Connect(bool isConnected)
    {
        _isConnected = isConnected;
        _page?.Connect(isConnected);
    }
}
