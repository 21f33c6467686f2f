using Microsoft.JSInterop;

namespace Weflux.Web.App;

internal static class ScriptModules
{
    /// <summary>Lets go of a script module. If the browser is gone, the module went with it.</summary>
    public static async ValueTask LetGoAsync(this IJSObjectReference? module)
    {
        try
        {
            if (module is not null)
            {
                await module.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The circuit ends while it asks, or has ended.
        }
    }
}
