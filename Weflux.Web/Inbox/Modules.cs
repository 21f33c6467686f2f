using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Weflux.Web.Inbox;

internal static class Modules
{
    /// <summary>Ends what a script module does for an element. A circuit that is already gone needs no farewell.</summary>
    public static async ValueTask LeaveAsync(this IJSObjectReference module, ElementReference element)
    {
        try
        {
            await module.InvokeVoidAsync("leave", element);
            await module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
        }
        catch (OperationCanceledException)
        {
        }
    }
}
